package com.segumento.request;

import com.segumento.lake.Workspace;
import com.segumento.ops.Alerts;
import com.segumento.ops.RequestRecord;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Tells the operator of requests whose time runs out, and of those whose time has. */
record Deadlines(Workspace workspace, Alerts alerts) {
  private static final String DUE = "request_due";
  private static final String OVERDUE = "request_overdue";

  /** Looks at requests; each is told of once before its deadline and once after. */
  void tell(List<RequestRecord> requests) {
    for (RequestRecord request : requests) {
      if (!request.step().last()) {
        request.about().ifPresent(about -> tell(request, about));
      }
    }
  }

  private void tell(RequestRecord request, RequestRecord.About about) {
    LocalDate deadline = about.deadline();
    LocalDate warned = deadline.minusDays(workspace.platform().requests().alertDays());
    if (workspace.date().isAfter(deadline)) {
      raise(OVERDUE, request, about, " had to be done by ");
    } else if (!workspace.date().isBefore(warned)) {
      raise(DUE, request, about, " has to be done by ");
    }
  }

  // The date of the alert is the deadline, so that it is the same alert every night.
  private void raise(String kind, RequestRecord request, RequestRecord.About about, String has) {
    alerts.raise(
        kind,
        request.client(),
        about.deadline(),
        "Request "
            + request.id()
            + " ("
            + about.kind().name().toLowerCase(Locale.ROOT)
            + ", "
            + about.law().name()
            + "), received on "
            + about.received().atZone(ZoneOffset.UTC).toLocalDate()
            + ","
            + has
            + about.deadline()
            + " and is not. See: segumento request status --client "
            + request.client()
            + " --id "
            + request.id());
  }
}
