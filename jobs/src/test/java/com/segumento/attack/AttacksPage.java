package com.segumento.attack;

import java.util.List;
import java.util.stream.Collectors;

/** The table of attacks, as the documentation has it. */
record AttacksPage(List<Attack> attacks) {
  private static final String HEAD =
      """
      # Attacks, and what they learn

      This page is made by `AttackTest`, which fails where it is out of date. To make it anew: `./mvnw test -pl udfs,jobs -Dtest=AttackTest
      -Dsurefire.failIfNoSpecifiedTests=false -Dattacks.write=true`

      The attacker is a client that keeps every figure of %d nights, k = %d, on which persons, %d at first, come, go, move, spend, correct what they said, and
      one is erased: what the engine decides on the release memory, without files. Of one night it has these, too, with manifest, answers, messages and logs; and of
      the releases with noise that its row tells of. It knows what each segment means. *Without* is a release of the true figures of cells
      of k persons, with no other defence, a file or job made with no care, or the product with that one defence taken out; *with* is the product. What stops an attack was not taken out row by row where *without* is no defence. Learned is what a judge who knows the truth finds right: a *group* is 1 to k-1
      persons by whom the rows that were subtracted differ, or who are left of the numbers and sums of a row. A guess that is wrong tells nothing.

      | attack | what the attacker does | learned without the defence | learned with it | what stops it |
      | --- | --- | --- | --- | --- |
      """;

  private static final String OPEN =
      """

      ## What is not stopped

      """;

  private static final String SOME =
      "Attacks that succeed stay in the table until something stops them:\n\n";

  private static final String NONE =
      """
      Of these, every attack fails with the defence on; one that succeeds would be named here. What is known not to be covered is said at the end of the decisions
      [on cells](decisions/0010-a-cell-changes-by-groups.md), [on totals](decisions/0011-all-cells-of-a-client-are-one-system.md)
      and [on answers](decisions/0018-answers-leave-something-to-chance.md).
      """;

  String text(long persons) {
    String open =
        attacks.stream()
            .filter(Attack::succeeds)
            .map(attack -> "- **%s**: %s.%n".formatted(attack.name(), attack.missing()))
            .collect(Collectors.joining());
    return HEAD.formatted(World.NIGHTS, World.K, persons)
        + attacks.stream().map(AttacksPage::row).collect(Collectors.joining())
        + OPEN
        + (open.isEmpty() ? NONE : SOME + open);
  }

  private static String row(Attack attack) {
    String stops = attack.succeeds() ? "**nothing**: " + attack.missing() : attack.defence();
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(attack.name(), attack.does(), attack.off(), attack.on(), stops);
  }
}
