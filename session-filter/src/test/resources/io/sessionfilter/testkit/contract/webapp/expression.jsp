<%@ page contentType="text/plain;charset=UTF-8" %>id=${pageContext.session.id}
a=${sessionScope.a}
