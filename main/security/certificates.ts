import type { App, Session } from 'electron';

/** There is no connection whose certificate could be right; one that comes about all the same fails, and nobody is asked. */
export function denyCertificates(app: Pick<App, 'on'>, session: Pick<Session, 'setCertificateVerifyProc'>): void {
  const invalid = -2;
  session.setCertificateVerifyProc((_request, answer) => answer(invalid));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault();
    choose();
  });
  app.on('login', (event) => event.preventDefault());
}
