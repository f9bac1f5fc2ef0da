/** Preloaded into `rollcall start`: measures how long its event loop stands still. Asked, it tells the longest since the last question. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

process.on('message', (question: { readonly stalls?: true }) => {
  if (question.stalls === undefined) return;
  process.send?.({ longestStall: delay.max / 1e6 });
  delay.reset();
});
process.channel?.unref();
