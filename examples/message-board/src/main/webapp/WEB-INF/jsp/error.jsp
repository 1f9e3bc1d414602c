<%@ include file="top.jspf" %>
<div class="page narrow">
  <h1>${page.t('error.title')}</h1>
  <p>${page.t(what)}</p>
  <p><a class="button second" href="${page.h(page.base)}/">${page.t('error.home')}</a></p>
</div>
<%@ include file="bottom.jspf" %>
