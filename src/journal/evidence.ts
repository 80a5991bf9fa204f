/** What replaying recordings comes to, as it crosses from the worker to the page. */

/** A recording that can be fetched. */
export interface RecordingFile { readonly file: string; readonly kernel: string; readonly sequences: number; readonly ops: number; readonly bytes: number }
