<%@ page contentType="text/plain;charset=UTF-8" session="true" %>id=<%= session.getId() %>
