/** Lets a test wait for something to become true in the workspace: event driven, with a deadline, never a sleep. */

/** Changes, and who waits for them. */
export interface Signals {
  /** Says that something in the workspace is different now. */
  changed(): void;
  /**
   * Resolves with the first truthy value of `check`, looked at now and after every change in the workspace; every few
   * milliseconds besides, for what only the app knows. Rejects at the deadline.
   */
  until<T>(check: () => T, what: string, deadlineMs?: number): Promise<NonNullable<T>>;
  /** Resolves once nothing has changed for `quietMs`: the way to show that no second answer comes. */
  quiet(quietMs: number): Promise<void>;
  /** Rejects everything that still waits and clears every timer. */
  close(): void;
}

interface Waiter {
  look(): void;
  fail(reason: Error): void;
}

const glanceMs = 10;

/** Waits end after `defaultDeadlineMs` unless they say otherwise. */
export function createSignals(defaultDeadlineMs: number): Signals {
  const waiters = new Set<Waiter>();
  return {
    changed() {
      for (const waiter of [...waiters]) waiter.look();
    },
    until<T>(check: () => T, what: string, deadlineMs = defaultDeadlineMs) {
      return new Promise<NonNullable<T>>((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          clearInterval(glance);
          waiters.delete(waiter);
        };
        const fail = (reason: Error) => {
          stop();
          reject(reason);
        };
        const look = () => {
          try {
            const value = check();
            if (!value) return;
            stop();
            resolve(value);
          } catch (error) {
            fail(error instanceof Error ? error : new Error(String(error)));
          }
        };
        const waiter: Waiter = { look, fail };
        const timer = setTimeout(
          () => fail(new Error(`${what} did not come about within ${deadlineMs} ms`)),
          deadlineMs,
        );
        const glance = setInterval(look, glanceMs);
        waiters.add(waiter);
        look();
      });
    },
    quiet(quietMs) {
      return new Promise((resolve, reject) => {
        // Glance by glance: a process that was held up for the whole time has not been quiet for it.
        let left = Math.ceil(quietMs / glanceMs);
        const timer = setInterval(() => {
          left -= 1;
          if (left > 0) return;
          stop();
          resolve();
        }, glanceMs);
        const stop = () => {
          clearInterval(timer);
          waiters.delete(waiter);
        };
        const waiter: Waiter = {
          look() {
            left = Math.ceil(quietMs / glanceMs);
          },
          fail(reason) {
            stop();
            reject(reason);
          },
        };
        waiters.add(waiter);
      });
    },
    close() {
      for (const waiter of [...waiters]) waiter.fail(new Error("the double was closed"));
    },
  };
}
