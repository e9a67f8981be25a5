import type { App, Session } from 'electron';
import { denyCertificates } from './certificates.ts';
import { denyDownloads } from './downloads.ts';
import { denyPermissions } from './permissions.ts';
import { denyRequests } from './requests.ts';

/** Name of the window's session. Without `persist:` nothing of it is written to the disk: no cookie, no cache, no history. */
export const windowPartition = 'drydock';

/** All rules that belong to a session rather than to a page. */
export function secureSession(app: Pick<App, 'on' | 'isPackaged'>, session: Session): void {
  denyPermissions(session);
  denyDownloads(session);
  denyRequests(session, !app.isPackaged);
  denyCertificates(app, session);
  session.setSpellCheckerEnabled(false);
}
