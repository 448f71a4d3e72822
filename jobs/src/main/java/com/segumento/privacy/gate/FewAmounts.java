package com.segumento.privacy.gate;

/** Whether 1 to k-1 persons add something, whatever it is. */
final class FewAmounts implements Remainder {
  private final int k;
  private int persons;

  /**
   * Nobody yet.
   *
   * @param k fewer of whom nothing may be told
   */
  FewAmounts(int k) {
    this.k = k;
  }

  @Override
  public void add(long counted, long money) {
    persons += money == 0 ? 0 : 1;
  }

  @Override
  public boolean isOpen() {
    return persons < k;
  }

  @Override
  public boolean tells() {
    return persons > 0 && persons < k;
  }
}
