// Runs before `npm run demo` and `npm test`, on whatever Node the machine has. It may use nothing that is installed, and this
// one file must load on a Node that is far too old, so that the refusal below is what its user reads.
var oldest = 20;

if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(
    'Drydock needs Node ' + oldest + ' or newer to set itself up; this is Node ' + process.versions.node + '.',
  );
  process.exitCode = 1;
} else {
  import('./setup/set-up.mjs')
    .then(function (room) {
      return room.setUp();
    })
    .catch(function (error) {
      console.error('Drydock could not set itself up: ' + (error instanceof Error ? error.message : String(error)));
      process.exitCode = 1;
    });
}
