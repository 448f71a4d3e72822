package com.segumento.privacy.lattice;

/**
 * How entropy, in nats, is estimated from counts: ψ(N) − Σ n ψ(n) / N over the counts n of N rows.
 */
public enum Estimator {
  /**
   * The entropy of the relative frequencies: ψ is the natural logarithm.
   *
   * @see <a href="https://doi.org/10.1002/j.1538-7305.1948.tb01338.x">Shannon (1948)</a>
   */
  SHANNON {
    @Override
    double psi(long n) {
      return Math.log((double) n);
    }
  },

  /**
   * Corrected for small samples, which look more uniform or less so by chance; for the whole as for
   * its parts.
   *
   * @see <a href="https://arxiv.org/abs/physics/0307138">Grassberger, Entropy estimates from
   *     insufficient samplings (2003)</a>
   * @see <a href="https://doi.org/10.1007/978-3-319-45381-1_11">Stammler, Katzenbeisser and
   *     Hamacher, Correcting finite sampling issues in entropy l-diversity (2016)</a>
   */
  GRASSBERGER {
    @Override
    double psi(long n) {
      return g(n);
    }
  };

  private static final double EULER = 0.5772156649015329;
  private static final double[] G = table(1 << 10);

  abstract double psi(long n);

  /** Whether the entropy is at least ln {@code l}, without a division that would round. */
  final boolean atLeast(double l, ClassStatistics.ValueCounts values) {
    double most = values.total() * (psi(values.total()) - Math.log(l));
    double sum = 0;
    for (int i = 0; i < values.distinct(); i++) {
      long count = values.count(values.value(i));
      sum += count * psi(count);
    }
    return sum <= most;
  }

  /** G(1) = −γ − ln 2, G(2) = 2 − γ − ln 2, G(2n+1) = G(2n), G(2n+2) = G(2n) + 2 / (2n+1). */
  private static double g(long n) {
    if (n < G.length) {
      return G[(int) n];
    }
    // For even n, G(n) is ψ(n/2 + 1/2) + ln 2, of which this is the asymptotic series.
    double x = (n - n % 2) / 2.0;
    double square = x * x;
    return Math.log(x) + 1 / (24 * square) - 7 / (960 * square * square) + Math.log(2);
  }

  private static double[] table(int size) {
    double[] g = new double[size];
    g[1] = -EULER - Math.log(2);
    for (int n = 2; n < size; n++) {
      g[n] = n % 2 == 1 ? g[n - 1] : (n == 2 ? 2 - EULER - Math.log(2) : g[n - 2] + 2.0 / (n - 1));
    }
    return g;
  }
}
