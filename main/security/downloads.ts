import type { Session } from 'electron';

/** Files leave the station only as an operation writes them, into a folder that a person chose. A page downloads nothing. */
export function denyDownloads(session: Pick<Session, 'on'>): void {
  session.on('will-download', (event) => event.preventDefault());
}
