<%@ page contentType="text/plain;charset=UTF-8" session="true" buffer="8kb" %><%
    for (int line = 0; line < 5000; line++) {
        out.println("a line that helps to fill every buffer there is");
    }
%>id=<%= session.getId() %>
