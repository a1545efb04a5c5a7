/** A function of a schema that is computed once for each, since schemas live as long as the process and their values come by the thousand. */
export function remembered<Key extends object, Answer>(compute: (key: Key) => Answer): (key: Key) => Answer {
  const answers = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    const known = answers.get(key);
    if (known) return known.answer;
    const answer = compute(key);
    answers.set(key, { answer });
    return answer;
  };
}
