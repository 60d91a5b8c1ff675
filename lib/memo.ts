/**
 * Remembers the results of a pure function by its key. The memory is emptied when it is full, because requests may choose
 * keys: any text may name a time zone or a browser.
 * @param max The number of results to remember.
 */
export function memoize<Key, Value>(max: number, compute: (key: Key) => Value): (key: Key) => Value {
  const results = new Map<Key, Value>();
  return (key) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    const value = compute(key);
    if (results.size >= max) results.clear();
    results.set(key, value);
    return value;
  };
}
