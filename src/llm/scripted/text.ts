/** What the scripted model says. It is true, and it says it a little differently each time, as a model does. */

/** One for each attempt. */
const OPENINGS = [
  'Paxos, Raft and Viewstamped Replication solve the same problem: a group of machines must agree on one sequence of commands although some of them crash and the network loses, delays and reorders messages.',
  'Three protocols, one problem: keep identical copies of a state machine on several machines by making them agree on one log of commands, whatever crashes and however badly the network behaves.',
  'The question behind Paxos, Raft and Viewstamped Replication is how several machines can act as a single one that does not fail, which comes down to agreeing on the order of a log of commands.',
];

const COMPARISON = `All three tolerate f crashed machines out of 2f + 1, all three stay safe without any assumption about time, and all three make progress only while a majority can talk to each other. They rest on one observation: any two majorities share a member, so what one majority has accepted, the next cannot overlook.

Viewstamped Replication came first, in 1988, from Brian Oki and Barbara Liskov. It was described as a system from the start: a primary orders the requests, backups append them, and a request is committed when f backups have it. Time is divided into numbered views. In its revision of 2012 the primary of a view follows from its number, round robin, so nobody votes for a candidate. When the backups suspect the primary, they move to the next view, and its primary takes the most up-to-date log among f + 1 replies, so that nothing committed is lost. It does not need a disk: a machine that restarts asks the others for its state before it takes part again.

Paxos was written by Leslie Lamport in 1989 and published in 1998. Its core decides a single value. A proposer picks a ballot number and asks a majority to promise that they will ignore lower ones; the replies tell it which value may have been chosen already, and it must propose that one. A log needs one such decision for each slot. Multi-Paxos lets a stable leader run the first phase once for all slots, and then a command costs one round trip. Slots may be decided out of order, and gaps are filled with empty commands. How to elect the leader, compact the log and change the members is left to the implementer, which is why no two implementations are alike.

Raft, by Diego Ongaro and John Ousterhout, appeared in 2014 with the aim of being understood. It has strong leadership: entries flow from the leader only, and logs have no gaps. A follower that hears nothing for a randomised time becomes a candidate in a new term and asks for votes; voters refuse a candidate whose log is less up to date than their own, so a winner has every committed entry. Members change one at a time, or by joint consensus, in which old and new majorities must both agree.

Raft chooses its leader by votes and by logs, Viewstamped Replication by number, Paxos by whoever succeeds with a higher ballot. In Raft the new leader must already have the log; in the other two it collects what it lacks. Raft and Paxos must write to disk before they answer, while Viewstamped Replication may rely on recovery from its peers.

When to choose which? Take Raft for a new system: good libraries exist, and your colleagues can read the paper. Take Paxos when you need its freedom, such as out-of-order commits, flexible quorums or several proposers. Study Viewstamped Replication to see how a protocol looks when it is designed as a whole, and consider it where disks are slow or absent.`;

/** Short enough to watch twice. */
const SHORT_OPENINGS = [
  'A quorum is any majority of the machines.',
  'Quorum means: more than half of the machines.',
  'By a quorum we mean a majority of the machines.',
];
const SHORT = 'Two of them always share a member, so what one has decided, the next one knows.';

/**
 * What the script answers.
 *
 * @param attempt - from 1; each begins in other words
 */
export function scriptedText(length: 'long' | 'short', attempt: number): string {
  const openings = length === 'long' ? OPENINGS : SHORT_OPENINGS;
  const opening = openings[(attempt - 1) % openings.length];
  return length === 'long' ? `${opening} ${COMPARISON}` : `${opening} ${SHORT}`;
}

/** Cuts a text into pieces about as long as a model's tokens; joined they are the text again. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S{1,7}/g) ?? [];
}
