<%@ include file="top.jspf" %>
<div class="page">
  <h1>${page.t('draft.title')}</h1>
  <p class="hint">${page.t('draft.hint')}</p>
  <form class="fields" id="draft" method="post" action="${page.h(page.base)}/draft">
    <input type="hidden" name="csrf" value="${page.h(page.csrf)}">
    <c:if test="${page.user.editor}">
      <label for="kind">${page.t('draft.kind')}</label>
      <select id="kind" name="kind">
        <option value="MESSAGE">${page.t('kind.MESSAGE')}</option>
        <option value="ARTICLE"<c:if test="${draft.kind eq 'ARTICLE'}"> selected</c:if>>${page.t('kind.ARTICLE')}</option>
      </select>
    </c:if>
    <label for="title">${page.t('draft.heading')}</label>
    <input id="title" name="title" maxlength="120" value="${page.h(draft.title)}">
    <label for="body">${page.t('draft.body')}</label>
    <textarea id="body" name="body" rows="9" maxlength="4000">
${page.h(draft.body)}</textarea>
    <p class="meta">
      <c:if test="${draft.saves gt 0}">${page.t('draft.saves')}: <b id="saves">${page.h(draft.saves)}</b> · ${page.t('draft.savedAt')}: ${page.time(draft.savedAt)}</c:if>
      <c:if test="${draft.saves eq 0}">${page.t('draft.none')}</c:if>
    </p>
    <div class="buttons">
      <button>${page.t('draft.save')}</button>
      <button class="second" formaction="${page.h(page.base)}/draft/preview">${page.t('draft.preview')}</button>
      <button class="plain" formaction="${page.h(page.base)}/draft/discard">${page.t('draft.discard')}</button>
    </div>
  </form>
</div>
<%@ include file="bottom.jspf" %>
