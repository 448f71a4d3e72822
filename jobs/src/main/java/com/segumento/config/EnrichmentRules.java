package com.segumento.config;

/** Consistency of what a client's profiles are joined with. */
record EnrichmentRules(ClientScope scope) {
  void check() {
    Setting enrich = scope.client().at("enrich");
    Setting by = enrich.at("location").at("by");
    by.text()
        .filter(key -> isPlaceKey(key) && noColumnIs(key))
        .ifPresent(
            key ->
                scope
                    .findings()
                    .say(
                        by,
                        "No profile column tells the place. Expected one that carries place: "
                            + key
                            + "."));
    boolean unknown = by.given() && !by.text().filter(EnrichmentRules::isPlaceKey).isPresent();
    boolean district = unknown || by.is("postal_code");
    if (enrich.at("demographics").given() && !district) {
      needsPostalCode(enrich.at("demographics"));
    }
    for (Setting catchment : enrich.at("catchments").items()) {
      if (!district) {
        needsPostalCode(catchment);
      }
    }
    scope.unique(
        enrich.at("catchments").items().stream().map(item -> item.at("name")).toList(),
        "catchment name");
  }

  private static boolean isPlaceKey(String key) {
    return key.equals("postal_code") || key.equals("country");
  }

  private boolean noColumnIs(String key) {
    return scope.profileColumns().values().stream().noneMatch(column -> column.at("place").is(key));
  }

  private void needsPostalCode(Setting setting) {
    scope
        .findings()
        .say(setting.byKey(), "needs a district. Expected enrich.location by postal_code.");
  }
}
