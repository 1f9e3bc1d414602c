package io.sessionfilter.example.demo.check;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as it came, with what a browser would make of it: forms and their fields, the footer's values.
 *
 * <p>Reads the message board's own, well-formed pages; it is no HTML parser.
 */
record Page(URI uri, int status, String html) {
    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input\\b([^>]*)>");
    private static final Pattern TEXTAREA = Pattern.compile("<textarea\\b([^>]*)>\n?(.*?)</textarea>", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)=\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("<code>([^<]*)</code>");
    private static final Pattern SAVES = Pattern.compile("<b id=\"saves\">(\\d+)</b>");

    /** A form: where it goes, and what it would send if nothing were typed. */
    record Form(String action, Map<String, String> fields) {}

    List<Form> forms() {
        List<Form> forms = new ArrayList<>();
        Matcher matcher = FORM.matcher(html);
        while (matcher.find()) {
            forms.add(new Form(attribute(matcher.group(1), "action"), fields(matcher.group(2))));
        }
        return forms;
    }

    /** Returns the first form that goes to this path. */
    Form form(String action) {
        return forms().stream()
                .filter(form -> form.action().equals(action))
                .findFirst()
                .orElseThrow(() -> new CheckFailed("no form for " + action + " on " + this));
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher inputs = INPUT.matcher(form);
        while (inputs.find()) {
            fields.put(attribute(inputs.group(1), "name"), attribute(inputs.group(1), "value"));
        }
        Matcher areas = TEXTAREA.matcher(form);
        while (areas.find()) {
            fields.put(attribute(areas.group(1), "name"), unescape(areas.group(2)));
        }
        return fields;
    }

    /** What the draft page says: title, text, how often saved. */
    DraftSeen draft() {
        Map<String, String> fields = form("/draft").fields();
        Matcher saves = SAVES.matcher(html);
        return new DraftSeen(
                fields.getOrDefault("title", ""),
                fields.getOrDefault("body", ""),
                saves.find() ? Integer.parseInt(saves.group(1)) : 0);
    }

    /** A draft as a page shows it. */
    record DraftSeen(String title, String body, int saves) {}

    boolean shows(String text) {
        return unescape(html).contains(text);
    }

    String appNode() {
        return footer("app-node");
    }

    String container() {
        return footer("container");
    }

    String memcachedNode() {
        return footer("memcached-node");
    }

    int moves() {
        return Integer.parseInt(footer("moves"));
    }

    private String footer(String name) {
        int start = html.indexOf("<footer ");
        if (start < 0) {
            throw new CheckFailed("no footer on " + this);
        }
        return attribute(html.substring(start, html.indexOf('>', start)), "data-" + name);
    }

    /** Returns the texts set as code: on the log-in page, names and passwords by turns. */
    List<String> codes() {
        return CODE.matcher(html)
                .results()
                .map(found -> unescape(found.group(1)))
                .toList();
    }

    private static String attribute(String attributes, String name) {
        Matcher matcher = ATTRIBUTE.matcher(attributes);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return unescape(matcher.group(2));
            }
        }
        return "";
    }

    private static String unescape(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    @Override
    public String toString() {
        return uri.getPath() + " (status " + status + ")";
    }
}
