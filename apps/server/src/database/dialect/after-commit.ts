/**
 * Calls what units wait for COMMIT with. One that throws is a defect: it ends the process as an uncaught exception does,
 * and keeps neither the others nor the answers of durable units back.
 */
export function callAll(actions: readonly (() => void)[]): void {
  for (const action of actions) {
    try {
      action();
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
