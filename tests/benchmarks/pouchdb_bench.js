// PouchDB (LevelDB) to and from express-pouchdb over loopback HTTP, with the server in a process of its own.
// usage: node pouchdb_bench.js DOCUMENTS.jsonl, where pouchdb@9 express@4 express-pouchdb@4.2 are installed.
// Prints one line of JSON: documents a second, pushed and pulled into a fresh replica, for each size of a batch.
const fs = require('fs'), path = require('path'), {fork} = require('child_process'), {createRequire} = require('module');
const here = createRequire(path.join(process.cwd(), 'x.js'));
const PouchDB = here('pouchdb'), folder = path.join(process.cwd(), 'pouch-data'), port = 5994;

if (process.argv[3] === 'server') {
  const app = here('express')();
  const Kept = PouchDB.defaults({prefix: folder + '/server/'});
  app.use('/', here('express-pouchdb')(Kept, {mode: 'minimumForPouchDB', logPath: folder + '/log.txt', inMemoryConfig: true}));
  app.listen(port, '127.0.0.1', () => process.send('up'));
} else {
  fs.rmSync(folder, {recursive: true, force: true});
  fs.mkdirSync(folder + '/server', {recursive: true});
  fs.mkdirSync(folder + '/bench', {recursive: true});
  const documents = fs.readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line, i) =>
    ({_id: 'e' + String(i).padStart(9, '0'), ...JSON.parse(line)}));
  const server = fork(__filename, [process.argv[2], 'server']);
  server.on('message', async () => {
    const said = {};
    try {
      const Bench = PouchDB.defaults({prefix: folder + '/bench/'});
      const here = new Bench('a');
      for (let k = 0; k < documents.length; k += 1000) await here.bulkDocs(documents.slice(k, k + 1000));
      for (const size of [500, 1000]) {
        const hub = `http://127.0.0.1:${port}/hub${size}`, how = {batch_size: size, batches_limit: 10};
        let began = Date.now(), done = await here.replicate.to(hub, how);
        const push = done.docs_written / (Date.now() - began) * 1000;
        began = Date.now(); done = await new Bench('b' + size).replicate.from(hub, how);
        said[size] = {push, pull: done.docs_written / (Date.now() - began) * 1000};
      }
      console.log(JSON.stringify(said));
    } finally { server.kill(); process.exit(0); }
  });
}
