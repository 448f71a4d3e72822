package com.segumento.privacy.gate;

import com.segumento.config.PrivacyBudget;
import com.segumento.lake.Workspace;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The privacy budget that a release was, or is to be, published under.
 *
 * @param delta none where there may be no Gaussian noise
 * @param period the business dates that share it
 * @param until the version of the client's ledger of noise that has the release's; later ones do
 *     not count
 */
public record BudgetInForce(
    BigDecimal epsilon, Optional<BigDecimal> delta, PrivacyBudget.Period period, long until) {
  private static final long ALL = Long.MAX_VALUE;

  /** What is configured, for all that has been spent; nothing where there is no budget. */
  static Optional<BudgetInForce> of(Workspace workspace) {
    return Optional.ofNullable(workspace.client().privacyBudget())
        .map(
            budget ->
                new BudgetInForce(
                    BigDecimal.valueOf(budget.epsilon()),
                    Optional.ofNullable(budget.delta()).map(BigDecimal::valueOf),
                    budget.period(workspace.date(), workspace.client().agreement()),
                    ALL));
  }
}
