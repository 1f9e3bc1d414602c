<%@ page contentType="text/plain;charset=UTF-8" session="false" %>id=${empty pageContext.session ? "none" : pageContext.session.id}
