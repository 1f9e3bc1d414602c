<%@ include file="top.jspf" %>
<article class="page">
  <p class="kind">${page.t('kind.'.concat(post.kind))}</p>
  <h1>${page.h(post.title)}</h1>
  <p class="meta">${page.h(post.author)} · <time>${page.time(post.postedAt)}</time></p>
  <p class="body">${page.h(post.body)}</p>
</article>
<%@ include file="bottom.jspf" %>
