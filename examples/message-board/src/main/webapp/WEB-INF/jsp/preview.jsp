<%@ include file="top.jspf" %>
<div class="page">
  <p class="kind">${page.t('preview.title')} · ${page.t('kind.'.concat(draft.kind))}</p>
  <h1><c:if test="${empty draft.title}">${page.t('preview.untitled')}</c:if>${page.h(draft.title)}</h1>
  <p class="meta">${page.h(page.user.displayName)} · <time>${page.time(draft.savedAt)}</time></p>
  <p class="body">${page.h(draft.body)}</p>
  <p class="hint">${page.t('preview.hint')}</p>
  <form id="post" method="post" action="${page.h(page.base)}/draft/post">
    <input type="hidden" name="csrf" value="${page.h(page.csrf)}">
    <div class="buttons">
      <button>${page.t('preview.post')}</button>
      <a class="button second" href="${page.h(page.base)}/draft">${page.t('preview.edit')}</a>
    </div>
  </form>
</div>
<%@ include file="bottom.jspf" %>
