package com.segumento.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.segumento.config.Platform;
import com.segumento.ops.Alert;
import com.segumento.ops.Alerts;
import com.segumento.ops.Ticker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts where the platform wants them. The {@code file} kind keeps one JSON line an alert
 * below its path, {@code <path>/dt=<date>/<id>.json}: objects can't be appended to, and a folder of
 * them reads as one table. The {@code webhook} kind posts the same JSON. An alert that was sent is
 * not sent again; one that could not be sent is noted below {@code ops/alerts_unsent} and is sent
 * when it is raised next.
 */
public final class AlertSink implements Alerts {
  private static final Logger LOG = LoggerFactory.getLogger(AlertSink.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Lake lake;
  private final List<Platform.Alert> sinks;
  private final Webhook webhook;

  private AlertSink(Lake lake, List<Platform.Alert> sinks, Webhook webhook) {
    this.lake = lake;
    this.sinks = sinks;
    this.webhook = webhook;
  }

  /** The sinks of this platform. */
  public static Alerts open(Lake lake, Platform platform, Secrets secrets) {
    return new AlertSink(lake, platform.alerts(), new Webhook(secrets));
  }

  @Override
  public void raise(Alert alert) {
    LOG.warn(
        "Alert: kind={} client={} date={} {}",
        alert.kind(),
        alert.client(),
        alert.date(),
        alert.message());
    for (Platform.Alert sink : sinks) {
      try {
        switch (sink.kind()) {
          case FILE -> lake.objects().create(file(sink.path(), alert), line(alert));
          case WEBHOOK -> post(sink.urlAlias(), alert);
        }
      } catch (RuntimeException e) {
        // Whoever raises an alert has worse to deal with; the log holds the rest.
        LOG.error("Could not raise the alert: sink={} alert={}", sink.kind(), alert.id(), e);
      }
    }
  }

  private void post(String urlAlias, Alert alert) {
    String sent = file(lake.layout().ops("alerts_sent") + "/" + urlAlias, alert);
    String unsent = file(lake.layout().ops("alerts_unsent") + "/" + urlAlias, alert);
    if (lake.objects().exists(sent)) {
      return;
    }
    String line = line(alert);
    String failure = webhook.post(urlAlias, line);
    if (failure.isEmpty()) {
      lake.objects().create(sent, line);
      lake.objects().delete(unsent);
    } else {
      LOG.error("Could not send the alert: alias={} alert={} {}", urlAlias, alert.id(), failure);
      lake.objects()
          .write(unsent, json(new TreeMap<>(Map.of("alert", alert.id(), "failure", failure))));
    }
  }

  private String file(String path, Alert alert) {
    String prefix = path.contains(":") ? path : lake.layout().root() + "/" + path;
    return prefix + "/dt=" + alert.date() + "/" + alert.id() + ".json";
  }

  private static String line(Alert alert) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("kind", alert.kind());
    line.put("client", alert.client());
    line.put("date", alert.date().toString());
    line.put("text", alert.message());
    line.put("raised_at", Ticker.now().toString());
    return json(line);
  }

  private static String json(Map<String, String> line) {
    try {
      return JSON.writeValueAsString(line) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
