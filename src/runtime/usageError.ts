// What a model or a program asks for and cannot have, told to whoever asks. Any other RangeError is a fault of ours, or of the machine.

/** A name that is not there, a value that does not fit, a draw or a connection that cannot be made: the message says which, and what there is. */
export class UsageError extends RangeError {
  override readonly name: string = "UsageError";
}

/** What only a run shows: a rate below 0, a draw that cannot be made. It says what and when, and the run cannot go on; what was recorded before is good. */
export class StoppedError extends UsageError {
  override readonly name: string = "StoppedError";
}
