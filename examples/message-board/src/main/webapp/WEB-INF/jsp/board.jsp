<%@ include file="top.jspf" %>
<div class="columns">
  <section class="news">
    <h2>${page.t('board.news')}</h2>
    <c:forEach var="post" items="${articles}">
      <article>
        <h3><a href="${page.h(page.base)}/read?id=${page.h(post.id)}">${page.h(post.title)}</a></h3>
        <p class="meta">${page.h(post.author)} · <time>${page.time(post.postedAt)}</time></p>
        <p class="body short">${page.h(post.body)}</p>
        <p class="more"><a href="${page.h(page.base)}/read?id=${page.h(post.id)}">${page.t('board.more')}</a></p>
      </article>
    </c:forEach>
    <c:if test="${empty articles}"><p class="empty">${page.t('board.empty')}</p></c:if>
  </section>
  <section class="messages">
    <h2>${page.t('board.messages')}</h2>
    <c:if test="${empty page.user}"><p class="invite"><a rel="nofollow" href="${page.h(page.base)}/login">${page.t('board.invite')}</a></p></c:if>
    <c:if test="${not empty page.user}"><p class="invite"><a href="${page.h(page.base)}/draft">${page.t('board.write')}</a></p></c:if>
    <c:forEach var="post" items="${messages}">
      <article class="card">
        <h3>${page.h(post.title)}</h3>
        <p class="body">${page.h(post.body)}</p>
        <p class="meta">${page.h(post.author)} · <time>${page.time(post.postedAt)}</time></p>
      </article>
    </c:forEach>
    <c:if test="${empty messages}"><p class="empty">${page.t('board.empty')}</p></c:if>
  </section>
</div>
<%@ include file="bottom.jspf" %>
