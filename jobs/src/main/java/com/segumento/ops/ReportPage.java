package com.segumento.ops;

import com.segumento.model.Sha256;
import java.util.Base64;

/** The frame of a page that needs nothing else and forbids itself the network. */
final class ReportPage {
  private ReportPage() {}

  static String of(String title, ReportBody body) {
    String library = ReportAssets.library();
    String script = ReportAssets.script();
    String policy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline';"
            + " script-src "
            + hash(library)
            + " "
            + hash(script);
    return String.join(
        "",
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        "<meta name=\"referrer\" content=\"no-referrer\">\n",
        "<title>" + Html.text(title) + "</title>\n",
        "<style>\n" + ReportAssets.style() + "</style>\n</head>\n<body>\n",
        body.html(),
        "<script type=\"application/json\" id=\"charts\">",
        Html.json(body.charts()),
        "</script>\n<script>" + library + "</script>\n",
        "<script>" + script + "</script>\n</body>\n</html>\n");
  }

  private static String hash(String script) {
    return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(script)) + "'";
  }
}
