package com.segumento.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** Checked trees to typed records. */
final class Binding {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .addModule(new SimpleModule().addDeserializer(LocalDate.class, new Dates()))
          .build();

  private Binding() {}

  /** The record; nothing where a value does not fit it, which is a finding. */
  static <T> Optional<T> bind(Setting root, Class<T> type, Findings findings) {
    try {
      return Optional.of(MAPPER.treeToValue(root.node(), type));
    } catch (JsonMappingException e) {
      Setting at = root;
      for (JsonMappingException.Reference step : e.getPath()) {
        at =
            step.getFieldName() == null
                ? at.items().get(step.getIndex())
                : at.at(step.getFieldName());
      }
      findings.wrong(at, "a value that fits; see conf/schema");
    } catch (JsonProcessingException e) {
      findings.wrong(root, "a value that fits; see conf/schema");
    }
    return Optional.empty();
  }

  /** ISO dates. */
  private static final class Dates extends StdDeserializer<LocalDate> {
    private static final long serialVersionUID = 1L;

    Dates() {
      super(LocalDate.class);
    }

    @Override
    public LocalDate deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return LocalDate.parse(parser.getText());
      } catch (DateTimeException e) {
        return (LocalDate)
            context.handleWeirdStringValue(LocalDate.class, parser.getText(), "date");
      }
    }
  }
}
