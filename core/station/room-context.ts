import type { Clock, RandomBytes } from '../ports.ts';
import type { StationDatabase } from '../storage/open-database.ts';
import type { StationRecords } from './records.ts';

/** What every room of the open station is built from. */
export interface RoomContext {
  readonly records: StationRecords;
  readonly connection: StationDatabase['connection'];
  readonly dataFolder: string;
  /** Folder of the files that come with Drydock: profiles, default policy, password blocklist. */
  readonly resources: string;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}
