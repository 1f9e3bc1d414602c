package io.sessionfilter.bench.report;

import static io.sessionfilter.bench.report.Markup.escaped;

import java.util.List;

/** A report as one page, which needs nothing else. */
final class HtmlReport {
    private static final String STYLE = """
            body { font: 15px/1.5 sans-serif; color: #1c2530; background: #fff; max-width: 1040px; margin: 2.5em auto; padding: 0 1.5em }
            h1 { font-size: 1.7em; margin-bottom: .2em }
            h2 { font-size: 1.2em; margin: 2.2em 0 .6em; border-bottom: 1px solid #d5dae0; padding-bottom: .2em }
            h3 { font-size: 1em; margin: 1.6em 0 .2em }
            p.introduction { color: #46525f; max-width: 60em }
            table { border-collapse: collapse; margin: .6em 0 1.4em; font-variant-numeric: tabular-nums }
            th, td { padding: .28em .9em; border-bottom: 1px solid #e3e6ea; text-align: right; vertical-align: bottom }
            th { font-weight: 600; color: #46525f; border-bottom: 2px solid #c4ccd4 }
            th:first-child, td:first-child { text-align: left; padding-left: 0 }
            table.environment td { text-align: left }
            table.environment td:first-child { color: #46525f; white-space: nowrap }
            .met, .missed { font-weight: 600; border-radius: 3px; padding: .1em .6em; color: #fff }
            .met { background: #2e7d4f }
            .missed { background: #b00020 }
            .conclusions { border-left: 4px solid #2f6fb3; padding: .1em 1.2em; background: #f3f7fb; max-width: 60em }
            table.words th, table.words td { text-align: left }
            .wide { overflow-x: auto }
            .wide td:first-child { white-space: nowrap }
            svg { width: 100%; height: auto }
            """;

    private final StringBuilder html = new StringBuilder();

    private HtmlReport() {}

    static String of(Report report) {
        HtmlReport page = new HtmlReport();
        page.head(report);
        page.targets(report);
        page.conclusions(report);
        page.charts(report);
        page.tables(report);
        page.wordTables(report);
        page.notes(report);
        return page.html.append("</body>\n</html>\n").toString();
    }

    private void head(Report report) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(escaped(report.title()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escaped(report.title()))
                .append("</h1>\n<p class=\"introduction\">")
                .append(escaped(report.introduction()))
                .append("</p>\n<table class=\"environment\">\n");
        report.environment()
                .forEach((name, value) -> html.append("<tr>")
                        .append(cell(name))
                        .append(cell(value))
                        .append("</tr>\n"));
        html.append("</table>\n");
    }

    private void targets(Report report) {
        if (report.targets().isEmpty()) {
            return;
        }
        html.append("<h2>Targets</h2>\n<table>\n<tr><th>What</th><th>Measured</th><th>At most</th><th></th></tr>\n");
        for (Target target : report.targets()) {
            html.append("<tr>")
                    .append(cell(target.what()))
                    .append(cell(Figures.text(target.measured(), target.unit())))
                    .append(cell(Figures.text(target.limit(), target.unit())))
                    .append("<td><span class=\"")
                    .append(target.verdict())
                    .append("\">")
                    .append(target.verdict())
                    .append("</span></td></tr>\n");
        }
        html.append("</table>\n");
    }

    private void conclusions(Report report) {
        if (report.conclusions().isEmpty()) {
            return;
        }
        html.append("<h2>What follows</h2>\n<div class=\"conclusions\">\n");
        report.conclusions()
                .forEach(conclusion ->
                        html.append("<p>").append(escaped(conclusion)).append("</p>\n"));
        html.append("</div>\n");
    }

    private void charts(Report report) {
        for (Chart chart : report.charts()) {
            html.append("<h2>").append(escaped(chart.title())).append("</h2>\n").append(SvgChart.of(chart));
        }
    }

    private void tables(Report report) {
        html.append("<h2>All figures</h2>\n");
        for (Table table : report.tables()) {
            html.append("<h3>").append(escaped(table.title())).append("</h3>\n<div class=\"wide\"><table>\n<tr>");
            html.append(heading(table.rowName()));
            table.columns().forEach(column -> html.append(heading(column.heading())));
            html.append("</tr>\n");
            for (Table.Row row : table.rows()) {
                html.append("<tr>").append(cell(row.name()));
                row.values().forEach(value -> html.append(cell(Figures.text(value))));
                html.append("</tr>\n");
            }
            html.append("</table></div>\n");
        }
    }

    private void wordTables(Report report) {
        for (WordTable table : report.wordTables()) {
            html.append("<h2>").append(escaped(table.title())).append("</h2>\n<table class=\"words\">\n<tr>");
            table.headings().forEach(heading -> html.append(heading(heading)));
            html.append("</tr>\n");
            for (List<String> row : table.rows()) {
                html.append("<tr>");
                row.forEach(text -> html.append(cell(text)));
                html.append("</tr>\n");
            }
            html.append("</table>\n");
        }
    }

    private void notes(Report report) {
        html.append("<h2>Notes</h2>\n<ul>\n");
        report.notes().forEach(note -> html.append("<li>").append(escaped(note)).append("</li>\n"));
        html.append("</ul>\n");
    }

    private static String heading(String text) {
        return "<th>" + escaped(text) + "</th>";
    }

    private static String cell(String text) {
        return "<td>" + escaped(text) + "</td>";
    }
}
