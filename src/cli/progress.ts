// How far a run has come, on standard error: a bar where somebody watches, else a line every tenth; nothing for what is over within a second.
import { timeText } from "./numbers.ts";
import type { Terminal } from "./terminal.ts";

export interface Progress {
  update(steps: number): void;
  /** Takes the bar away. */
  close(): void;
}

/** `clock` in ms. */
export function progressOf(terminal: Terminal, steps: number, dt: number, clock: () => number = () => performance.now()): Progress {
  const began = clock();
  let drawn = -Infinity;
  let tenth = 0;
  let shown = false;
  const bar = (done: number, now: number): void => {
    if (now - began < FIRST_BAR || now - drawn < BETWEEN) return;
    drawn = now;
    shown = true;
    const share = done / steps;
    const left = share > 0 ? ((now - began) * (1 - share)) / share / 1000 : NaN;
    const full = Math.round(share * WIDTH);
    const text = `${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${String(Math.floor(share * 100)).padStart(3)} %  ${timeText(Math.round(done * dt))}`;
    const ending = Number.isFinite(left) ? `  about ${left < 90 ? `${Math.ceil(left)} s` : `${Math.ceil(left / 60)} min`} left` : "";
    terminal.err(`\r\x1b[2K${(text + ending).slice(0, Math.max(10, terminal.columns - 1))}`);
  };
  const line = (done: number, now: number): void => {
    const reached = Math.floor((10 * done) / steps);
    if (now - began < FIRST_LINE || reached <= tenth || reached >= 10) return;
    tenth = reached;
    terminal.err(`${reached * 10} %  ${timeText(Math.round(done * dt))} of ${timeText(steps * dt)}\n`);
  };
  return {
    update: (done) => (terminal.watched ? bar : line)(done, clock()),
    close: () => {
      if (shown) terminal.err("\r\x1b[2K");
    },
  };
}

const WIDTH = 30;
/** ms */
const FIRST_BAR = 500;
const FIRST_LINE = 1000;
const BETWEEN = 100;
