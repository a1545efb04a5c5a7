/** A duration in the format of the provider: `90d`, `12h`, `30s`. */
export class Duration {
  /** Days of 24 hours. */
  static days(amount: number): Duration {
    return Duration.of(amount, "d", 86_400);
  }

  /** Hours. */
  static hours(amount: number): Duration {
    return Duration.of(amount, "h", 3_600);
  }

  /** Minutes. */
  static minutes(amount: number): Duration {
    return Duration.of(amount, "m", 60);
  }

  /** Seconds. */
  static seconds(amount: number): Duration {
    return Duration.of(amount, "s", 1);
  }

  private static of(amount: number, unit: string, secondsOfOne: number): Duration {
    if (!Number.isSafeInteger(amount) || amount < 0)
      throw new Error(`Expected a duration of a whole number of at least 0, got ${amount}${unit}`);
    return new Duration(`${amount}${unit}`, amount * secondsOfOne);
  }

  private constructor(
    private readonly text: string,
    private readonly seconds: number,
  ) {}

  /** The duration in seconds. */
  toSeconds(): number {
    return this.seconds;
  }

  /** The duration in the format of the provider. */
  toString(): string {
    return this.text;
  }
}
