package com.segumento.config;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON Schema of each kind of configuration file, made from the records the files are read
 * into. Editors complete and check by them; so does {@link ConfigurationLoader}.
 */
public final class ConfigurationSchemas {
  /** What a refusal says of a text that does not fit its pattern; editors show it as well. */
  static final String SAYS = "patternErrorMessage";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ConfigurationSchemas() {}

  /** The text of each file under {@code conf/schema} by its name. */
  public static SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    Map.of("platform", Platform.class, "client", Client.class, "segments", Segments.class)
        .forEach((kind, type) -> files.put(kind + ".schema.json", text(generate(type))));
    files.put(
        "anonymize.schema.json", text(AnonymizeShortForms.allowed(generate(AnonymizeSpec.class))));
    return files;
  }

  static JsonNode generate(Class<?> type) {
    SchemaGeneratorConfigBuilder builder =
        new SchemaGeneratorConfigBuilder(JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES, Option.DEFINITIONS_FOR_ALL_OBJECTS)
            .with(new JacksonModule(JacksonOption.RESPECT_JSONPROPERTY_REQUIRED));
    builder
        .forFields()
        .withPropertyNameOverrideResolver(
            field -> field.isFakeContainerItemScope() ? null : snakeCase(field.getDeclaredName()))
        .withInstanceAttributeOverride(ConfigurationSchemas::constrain);
    builder
        .forTypesInGeneral()
        .withAdditionalPropertiesResolver(
            scope -> scope.getType().getErasedType().isRecord() ? Void.class : null)
        .withCustomDefinitionProvider((java, context) -> simple(java.getErasedType(), context))
        .withCustomDefinitionProvider(new InlineMaps());
    return new SchemaGenerator(builder.build()).generateSchema(type);
  }

  private static String snakeCase(String name) {
    return ((PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE)
        .translate(name);
  }

  /** Types that are written as one word. */
  private static CustomDefinition simple(Class<?> type, SchemaGenerationContext context) {
    ObjectNode node = context.getGeneratorConfig().createObjectNode();
    if (type.isEnum()) {
      node.put("type", "string");
      Arrays.stream(type.getEnumConstants())
          .forEach(
              value ->
                  node.withArray("enum").add(((Enum<?>) value).name().toLowerCase(Locale.ROOT)));
    } else if (type == LocalDate.class) {
      node.put("type", "string").put("format", "date");
    } else if (type != JsonNode.class) {
      return null;
    }
    return new CustomDefinition(
        node, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.YES);
  }

  private static void constrain(
      ObjectNode node, FieldScope field, SchemaGenerationContext context) {
    SchemaText schema = field.getAnnotationConsideringFieldAndGetter(SchemaText.class);
    Form form = field.getAnnotationConsideringFieldAndGetter(Form.class);
    Range range = field.getAnnotationConsideringFieldAndGetter(Range.class);
    if (schema != null) {
      JsonNode whole = read(schema.value());
      String member = whole.has("items") ? "items" : "additionalProperties";
      JsonNode text = field.isFakeContainerItemScope() ? whole.path(member) : whole;
      if (text.isObject()) {
        node.setAll((ObjectNode) text);
      }
    }
    if (form != null) {
      node.put("pattern", form.pattern()).put(SAYS, "Expected " + form.says() + ".");
    }
    if (range != null && !field.isFakeContainerItemScope()) {
      bound(node, field.getType().getErasedType(), range);
    }
    Class<?> type = field.getType().getErasedType();
    if (type == Integer.class && !node.has("maximum")) {
      node.put("maximum", Integer.MAX_VALUE);
    } else if (type == Long.class && !node.has("maximum")) {
      node.put("maximum", Long.MAX_VALUE);
    }
  }

  private static void bound(ObjectNode node, Class<?> type, Range range) {
    String of = type.getSimpleName().equals("List") ? "Items" : "imum";
    if (Map.class.isAssignableFrom(type)) {
      of = "Properties";
    }
    node.put("min" + of, plain(range.min()));
    if (Double.isFinite(range.max())) {
      node.put("max" + of, plain(range.max()));
    }
  }

  private static BigDecimal plain(double bound) {
    return new BigDecimal(BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString());
  }

  /** Mappings stand where they are used: a definition of each would have no name of ours. */
  private static final class InlineMaps implements CustomDefinitionProviderV2 {
    @Override
    public CustomDefinition provideCustomSchemaDefinition(
        ResolvedType type, SchemaGenerationContext context) {
      return Map.class.isAssignableFrom(type.getErasedType())
          ? new CustomDefinition(context.createStandardDefinition(type, this), true)
          : null;
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A schema text of a record is not JSON", e);
    }
  }

  private static String text(JsonNode schema) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return JSON.writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree can always be written", e);
    }
  }
}
