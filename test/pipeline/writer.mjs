// Moves one cursor over fifty items and puts a line into the inbox for each, in a process of its own:
// `node writer.mjs <file> until-done`, or `until-killed` to die in the middle of the fourth item.
import { addToInbox, defineInbox, openCursorStore } from 'streambook/pipeline';

const [file, until] = process.argv.slice(2);
const store = await openCursorStore(file);
await defineInbox(store.database);
for (let offset = 0; offset < 50; offset++) {
  await store.saveWith('ada', 'run', offset + 1, async (query) => {
    await addToInbox(query, { user: 'ada', run: 'run', offset, text: 'hello' });
    if (until === 'until-killed' && offset === 3) process.kill(process.pid, 'SIGKILL');
  });
}
await store.close();
