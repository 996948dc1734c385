/** Keeps what belongs to one key in order, one after the other; different keys do not wait for each other. */

export interface Lanes {
  /** Runs `task` when everything given earlier for `key` has ended; resolves or rejects as the task does. */
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
}

export function createLanes(): Lanes {
  const ends = new Map<string, Promise<unknown>>();
  return {
    run(key, task) {
      const before = ends.get(key) ?? Promise.resolve();
      const result = before.then(task, task);
      ends.set(key, result);
      // A lane that nobody waits in is forgotten. The task's own failure is its caller's to handle.
      const forget = () => {
        if (ends.get(key) === result) ends.delete(key);
      };
      result.then(forget, forget);
      return result;
    },
  };
}
