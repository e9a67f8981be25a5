import { systemClock } from '../../../core/system-clock.ts';
import { openDatabase } from '../../../core/storage/open-database.ts';

// Run as a process of its own: opens the folder given, writes without committing, and waits to be killed.
const opened = openDatabase({ folder: process.argv[2] ?? '', clock: systemClock });
if (!opened.ok) throw new Error(opened.reason);
opened.value.connection.exec("BEGIN IMMEDIATE; INSERT INTO station (key, value) VALUES ('half', 'done')");
process.stdout.write('held\n');
setInterval(() => undefined, 60_000);
