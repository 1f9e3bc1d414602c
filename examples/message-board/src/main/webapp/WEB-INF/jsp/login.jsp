<%@ include file="top.jspf" %>
<div class="page narrow">
  <h1>${page.t('login.title')}</h1>
  <c:if test="${refused}"><p class="notice bad" role="alert">${page.t('login.refused')}</p></c:if>
  <form class="fields" method="post" action="${page.h(page.base)}/login">
    <input type="hidden" name="csrf" value="${page.h(page.csrf)}">
    <label for="name">${page.t('login.name')}</label>
    <input id="name" name="name" autocomplete="username" autocapitalize="none" required autofocus>
    <label for="password">${page.t('login.password')}</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required>
    <div class="buttons"><button>${page.t('login.submit')}</button></div>
  </form>
  <c:if test="${not empty page.demoAccounts}">
    <aside>
      <h2>${page.t('login.demo')}</h2>
      <ul>
        <c:forEach var="account" items="${page.demoAccounts}">
          <li><code>${page.h(account.name)}</code> / <code>${page.h(account.password)}</code><c:if test="${account.editor}"> (${page.t('login.editor')})</c:if></li>
        </c:forEach>
      </ul>
    </aside>
  </c:if>
</div>
<%@ include file="bottom.jspf" %>
