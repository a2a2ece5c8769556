// How far a run has come, on standard error: a bar where somebody watches, else, of what takes longer than ten seconds, a line every tenth.
import { timeText } from "./numbers.ts";
import type { Terminal } from "./terminal.ts";

export interface Progress {
  /** The network is being built: the share that is done, 0 to 1. */
  creating(share: number): void;
  /** The simulation has come to this step. */
  update(steps: number): void;
  /** The share that is done of the same at half the step. */
  checking(share: number): void;
  /** Takes the bar away. */
  close(): void;
}

/** `clock` in ms. */
export function progressOf(
  terminal: Terminal,
  steps: number,
  dt: number,
  clock: () => number = () => performance.now(),
): Progress {
  let shown = false;
  const draw = (text: string): void => {
    shown = true;
    terminal.err(`\r\x1b[2K${text.slice(0, Math.max(10, terminal.columns - 1))}`);
  };
  const creation = phase(terminal, clock, draw);
  const simulation = phase(terminal, clock, draw);
  const check = phase(terminal, clock, draw);
  return {
    creating: (share) => creation(share, "building", "building"),
    update: (done) => {
      const reached = timeText(Math.round(done * dt));
      simulation(done / steps, reached, `${reached} of ${timeText(steps * dt)}`);
    },
    checking: (share) => check(share, "at half the step", "at half the step"),
    close: () => {
      if (shown) terminal.err("\r\x1b[2K");
    },
  };
}

export interface JobProgress {
  /** So much of all the work is done, so many of all jobs are over; `beside`: what else there is to tell. */
  update(share: number, over: number, all: number, beside?: string): void;
  /** Takes the bar away. */
  close(): void;
}

/** The same of many runs. */
export function jobProgress(terminal: Terminal, clock: () => number = () => performance.now()): JobProgress {
  let shown = false;
  const runs = phase(terminal, clock, (text) => {
    shown = true;
    terminal.err(`\r\x1b[2K${text.slice(0, Math.max(10, terminal.columns - 1))}`);
  });
  return {
    update(share, over, all, beside) {
      const reached = `${over} of ${all} runs${beside === undefined ? "" : `, ${beside}`}`;
      runs(share, reached, reached);
    },
    close: () => {
      if (shown) terminal.err("\r\x1b[2K");
    },
  };
}

/** One of the things that take long: tells how far it is, since it was first told of. */
function phase(
  terminal: Terminal,
  clock: () => number,
  draw: (text: string) => void,
): (share: number, beside: string, inLog: string) => void {
  let began = NaN;
  let drawn = -Infinity;
  let tenth = 0;
  const bar = (share: number, beside: string, now: number): void => {
    if (now - began < FIRST_BAR || now - drawn < BETWEEN) return;
    drawn = now;
    const left = share > 0 ? ((now - began) * (1 - share)) / share / 1000 : NaN;
    const full = Math.round(share * WIDTH);
    const text = `${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${String(Math.floor(share * 100)).padStart(3)} %  ${beside}`;
    const ending = Number.isFinite(left)
      ? `  about ${left < 90 ? `${Math.ceil(left)} s` : `${Math.ceil(left / 60)} min`} left`
      : "";
    draw(text + ending);
  };
  const line = (share: number, inLog: string, now: number): void => {
    const reached = Math.floor(10 * share + 1e-9);
    if (now - began < FIRST_LINE || reached <= tenth || reached >= 10) return;
    tenth = reached;
    terminal.err(`${reached * 10} %  ${inLog}\n`);
  };
  return (share, beside, inLog) => {
    const now = clock();
    if (Number.isNaN(began)) began = now;
    if (terminal.watched) bar(share, beside, now);
    else line(share, inLog, now);
  };
}

const WIDTH = 30;
/** ms */
const FIRST_BAR = 500;
const FIRST_LINE = 10_000;
const BETWEEN = 100;
