<%@ include file="top.jspf" %>
<h1>${page.t('desk.title')}</h1>
<c:if test="${empty waiting}"><p class="empty">${page.t('desk.empty')}</p></c:if>
<c:forEach var="post" items="${waiting}">
  <article class="card">
    <p class="kind">${page.t('kind.'.concat(post.kind))}</p>
    <h3>${page.h(post.title)}</h3>
    <p class="body">${page.h(post.body)}</p>
    <p class="meta">${page.h(post.author)} · <time>${page.time(post.postedAt)}</time></p>
    <form class="decide" method="post" action="${page.h(page.base)}/desk">
      <input type="hidden" name="csrf" value="${page.h(page.csrf)}">
      <input type="hidden" name="id" value="${page.h(post.id)}">
      <div class="buttons">
        <button name="decision" value="publish">${page.t('desk.publish')}</button>
        <button class="second" name="decision" value="reject">${page.t('desk.reject')}</button>
      </div>
    </form>
  </article>
</c:forEach>
<%@ include file="bottom.jspf" %>
