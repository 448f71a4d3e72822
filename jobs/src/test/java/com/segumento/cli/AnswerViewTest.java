package com.segumento.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.segumento.config.Client;
import com.segumento.config.ConfigurationLoader;
import com.segumento.config.Segments;
import com.segumento.model.ClientId;
import com.segumento.pipeline.Answer;
import com.segumento.pipeline.Answer.Step;
import com.segumento.pipeline.Question;
import com.segumento.privacy.questions.AnswerBudget;
import com.segumento.privacy.questions.Told;
import com.segumento.segment.Explanation;
import com.segumento.testkit.Repository;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerViewTest {
  private static final String REASON =
      "the set is near one that was told of or published, and not far from another of which a"
          + " different figure was";

  @Test
  void whatIsNotToldHasAReasonAndTheAnswerItsCost() {
    AnswerView view = view(Told.Kind.WITHHELD);
    assertThat(view.text())
        .contains("age < 30   not told\n")
        .endsWith(
            "\nNot told: "
                + REASON
                + ".\nThis question cost 2 of the 500 figures that may be told of acme in 30 days;"
                + " 490 are left (privacy.answers). Of what was asked before nothing is counted"
                + " again.");
    assertThat(view.json())
        .contains("\"answers\":{\"cost\":2,\"left\":490,\"figures\":500,\"days\":30}")
        .contains("{\"condition\":\"age < 30\",\"told\":\"withheld\",\"reason\":\"" + REASON);
  }

  @Test
  void whereAllIsToldThereIsNoReason() {
    AnswerView view = view(Told.Kind.FEWER);
    assertThat(view.text()).contains("age < 30   fewer than 150\n").doesNotContain(REASON);
    assertThat(view.json()).doesNotContain("reason");
  }

  private static AnswerView view(Told.Kind last) {
    Client client = ConfigurationLoader.load(Repository.path("conf"), id()).client(id());
    Question question =
        new Question(
            "adhoc",
            client,
            Segments.NONE,
            List.of("asked"),
            LocalDate.of(2026, 2, 27),
            false,
            false);
    List<Step> steps =
        List.of(
            new Step("everybody", new Told(Told.Kind.ABOUT, 400)),
            new Step("age < 30", new Told(last, 0)));
    AnswerBudget budget = new AnswerBudget(500, 50, Duration.ofDays(30));
    return new AnswerView(
        question,
        new Answer(
            50,
            1,
            Segments.NONE,
            List.of(new Answer.Part("asked", "hash", steps, List.of(), List.of())),
            new AnswerBudget.Cost(2, 490, budget),
            new Explanation(Map.of(), List.of())));
  }

  private static ClientId id() {
    return new ClientId("acme");
  }
}
