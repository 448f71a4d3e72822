package com.segumento.udf;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A distribution of whole numbers that is added to a figure, sampled exactly: whole numbers and
 * ratios of them only, as the rounding of floating point tells of what is added to (Mironov, 2012).
 *
 * @see <a href="https://doi.org/10.29012/jpc.784">Canonne, Kamath, Steinke: The Discrete Gaussian
 *     for Differential Privacy (2020)</a>
 */
public sealed interface Noise extends Serializable permits DiscreteLaplace, DiscreteGaussian {
  /** One number. */
  BigInteger sample(RandomBits bits);

  /** Name and parameter; two that are the same text are the same distribution. */
  String describe();
}
