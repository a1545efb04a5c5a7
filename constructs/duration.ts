/** A length of time, as the provider writes it: `90d`, `12h`, `1h30m`, `30s`. */
export class Duration {
  static days(amount: number): Duration {
    return Duration.of(amount, "d", 86_400);
  }

  static hours(amount: number): Duration {
    return Duration.of(amount, "h", 3_600);
  }

  static minutes(amount: number): Duration {
    return Duration.of(amount, "m", 60);
  }

  static seconds(amount: number): Duration {
    return Duration.of(amount, "s", 1);
  }

  private static of(amount: number, unit: string, secondsOfOne: number): Duration {
    if (!Number.isInteger(amount) || amount < 0) throw new Error(`A duration is a whole number of at least 0, not ${amount}${unit}`);
    return new Duration(`${amount}${unit}`, amount * secondsOfOne);
  }

  private constructor(
    private readonly text: string,
    private readonly seconds: number,
  ) {}

  toSeconds(): number {
    return this.seconds;
  }

  toString(): string {
    return this.text;
  }
}
