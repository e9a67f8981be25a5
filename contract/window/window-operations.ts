import * as v from 'valibot';
import type { OperationTable } from '../operations/operation.ts';
import { Position } from '../schema/device.ts';
import { AuditVerificationSchema } from '../schema/audit.ts';
import { reauthenticationFields, Role, SessionView } from '../schema/session.ts';
import { StationView } from '../schema/station.ts';
import { JobState } from '../schema/update-job.ts';
import { ChosenFile, FilePurpose, FileTicket } from './file-purpose.ts';

const Nothing = v.strictObject({});

/** How the window looks and speaks; kept by the station's machine, not by an account. */
export const Preferences = v.strictObject({
  language: v.picklist(['system', 'en', 'de']),
  theme: v.picklist(['system', 'light', 'dark', 'high-contrast']),
  /** `reduced`: nothing moves, whatever the machine says. Left out by a Drydock that did not know it. */
  motion: v.optional(v.picklist(['system', 'reduced']), 'system'),
  paper: v.picklist(['A4', 'Letter']),
});
export type Preferences = v.InferOutput<typeof Preferences>;

/** Who can log in at the training station; that everybody knows the password is the point of it. */
export const TrainingPeople = v.strictObject({
  password: v.string(),
  operators: v.array(v.strictObject({ username: v.string(), printedName: v.string(), roles: v.array(Role) })),
});
export type TrainingPeople = v.InferOutput<typeof TrainingPeople>;

/** Whether there is a station to work with, and why not. */
export const WindowState = v.strictObject({
  /** `begin`: first start, a person chooses. `refused`: the station in the data folder does not open. */
  phase: v.picklist(['begin', 'open', 'refused']),
  refusal: v.nullable(v.strictObject({ code: v.string(), reason: v.string() })),
  station: v.nullable(StationView),
  session: v.nullable(SessionView),
  locked: v.boolean(),
  /** Where the station keeps its data, to be shown. */
  dataFolder: v.string(),
  /** False where secrets lie in a file that only its owner may read, for want of a keychain. */
  keychain: v.boolean(),
  /** `stand-in`: Chromium under test or while Drydock is developed. */
  shell: v.picklist(['electron', 'stand-in']),
  preferences: Preferences,
  /** Null outside training mode. */
  training: v.nullable(TrainingPeople),
});
export type WindowState = v.InferOutput<typeof WindowState>;

/** A job as the locked window shows it: no serial, no name, no paper. */
export const JobGlance = v.strictObject({
  /** Number of the place where the map has one. */
  place: v.nullable(v.number()),
  state: JobState,
  /** Of the phase that moves bytes; null in any other. */
  fraction: v.nullable(v.number()),
  mayUnplug: v.boolean(),
  needsPerson: v.boolean(),
});
export type JobGlance = v.InferOutput<typeof JobGlance>;

/** `label`: 62 × 29 mm, one label on each; `A4`: a sheet of them. */
export const LabelPaper = v.picklist(['label', 'A4']);
export type LabelPaper = v.InferOutput<typeof LabelPaper>;

/** A package that is shipped, and its licence: what About shows. */
export const PackageLicence = v.strictObject({
  name: v.string(),
  version: v.string(),
  licence: v.string(),
  text: v.string(),
});

/** Below bus 1 or 2 of the training bench, such as `2-4`. */
const Port = v.pipe(Position, v.regex(/^[12]-(?:[1-9]|1[0-6])$/));

export const TrainingUnit = v.strictObject({
  serial: v.string(),
  position: v.string(),
  connected: v.boolean(),
  /** Id of the fault that is armed; null: the unit behaves. */
  fault: v.nullable(v.string()),
  /** The fault has done what it does; the unit behaves until one is chosen anew. */
  faultHasCome: v.boolean(),
  /** It is read out of operation only, and only a power cycle restarts it. */
  isOlderSeries: v.boolean(),
});

export type TrainingUnit = v.InferOutput<typeof TrainingUnit>;

/** A fault that a unit of the training bench can be given. */
export const TrainingFault = v.strictObject({ id: v.string() });
export type TrainingFault = v.InferOutput<typeof TrainingFault>;

/**
 * What the shell itself does for the window, beside the station's operations. `session`: while an operator is logged in and the
 * window is not locked; `public`: always.
 */
export const windowOperations = {
  /** The first call of every page: what to show, what happened before (events since the station opened that still matter), and from then on events. */
  'window.begin': { access: 'public', input: Nothing, output: WindowState },
  /** First start. `folder` null: the platform's own place. */
  'window.set-up': {
    access: 'public',
    input: v.strictObject({ mode: v.picklist(['station', 'training']), folder: v.nullable(FileTicket) }),
    output: WindowState,
  },
  /**
   * Reads the log of a station that does not open, and says what is wrong with it by number of event; nothing is written, and nobody is named. Whoever can
   * read the data folder can do so without Drydock.
   */
  'window.inspect-log': { access: 'public', input: Nothing, output: AuditVerificationSchema },
  /** Locks the keyboard; jobs go on, standing orders too. */
  'window.lock': { access: 'session', input: Nothing, output: WindowState },
  'window.unlock': { access: 'public', input: v.strictObject(reauthenticationFields), output: WindowState },
  'window.glance': { access: 'public', input: Nothing, output: v.array(JobGlance) },
  /** A dialogue of the system; an empty list where the person changed their mind. */
  'window.choose': {
    access: 'public',
    input: v.strictObject({ purpose: FilePurpose, several: v.boolean() }),
    output: v.array(ChosenFile),
  },
  /** Shows a chosen folder in the system's file manager. */
  'window.show-folder': { access: 'session', input: v.strictObject({ ticket: FileTicket }), output: Nothing },
  /**
   * Prints the labels that the page has laid out for this paper, by the system's dialogue. `printed` false: the person changed their mind. Refuses with
   * `window.print-failed`.
   */
  'window.print-label': {
    access: 'session',
    input: v.strictObject({ paper: LabelPaper }),
    output: v.strictObject({ printed: v.boolean() }),
  },
  'window.set-preferences': { access: 'public', input: Preferences, output: Preferences },
  'window.about': {
    access: 'public',
    input: Nothing,
    output: v.strictObject({
      versions: v.array(v.strictObject({ name: v.string(), version: v.string() })),
      licences: v.array(PackageLicence),
    }),
  },
  'training.units': {
    access: 'session',
    input: Nothing,
    output: v.strictObject({ units: v.array(TrainingUnit), faults: v.array(TrainingFault) }),
  },
  'training.set-fault': {
    access: 'session',
    input: v.strictObject({ serial: v.string(), fault: v.nullable(v.string()) }),
    output: TrainingUnit,
  },
  /** Pulls a unit of the training bench, or plugs it in: where it was, or at the port that is given. */
  'training.connect': {
    access: 'session',
    input: v.strictObject({ serial: v.string(), connected: v.boolean(), port: v.exactOptional(Port) }),
    output: TrainingUnit,
  },
} as const satisfies OperationTable;

export type WindowOperationName = keyof typeof windowOperations;
