import type { DemoView, Talk } from '../shape.ts';

export const talk: Talk = {
  done: [
    { type: 'call', subject: 'First call about the site', outcome: 'Wants the roof looked at too', minutes: 15 },
    { type: 'meeting', subject: 'Site visit and measuring', outcome: 'Good pitch, some shade after four', minutes: 75 },
    { type: 'email', subject: 'Ask for a year of power bills', outcome: 'Eleven of twelve came', minutes: 5 },
    { type: 'task', subject: 'Draw the string layout', outcome: 'Two strings, one roof face left free', minutes: 120 },
    { type: 'meeting', subject: 'Go through the quote', outcome: 'Asked for the price with a battery', minutes: 45 },
    { type: 'call', subject: 'Chase the signature', outcome: 'Back from holiday on Monday', minutes: 8 },
    { type: 'email', subject: 'Send the warranty terms', outcome: 'Forwarded to the board', minutes: 5 },
  ],
  planned: [
    { type: 'call', subject: 'Ask what they think of the quote' },
    { type: 'meeting', subject: 'Measure the roof', location: 'On site; bring the long ladder' },
    { type: 'task', subject: 'Update the design for the new panel size' },
    { type: 'email', subject: 'Send the utility’s interconnection form' },
    { type: 'deadline', subject: 'Permit papers due at the county' },
    { type: 'call', subject: 'Agree on a start date with the crew' },
  ],
  notes: [
    'Two layers of old shingle below: allow a day for stripping.',
    'Main panel is full; needs an upgrade before the inverter goes in.',
    'Gate code is with the site office. Dogs in the yard on weekends.',
    'Asked whether hail is covered. It is, up to two inches; sent the page.',
    'The mesquite on the west side will be cut in spring, then the shade is gone.',
    'Decision is made by three people, and the quietest of them holds the budget.',
    'Wants all panels out of sight of the street.',
    'Happy with the last job: ask for a reference when this one is done.',
  ],
};

export const views: readonly DemoView[] = [
  {
    resource: 'contacts',
    name: "Owners' associations",
    definition: { filters: { tag: "owners' association" }, sort: 'name' },
    owner: 'bertrand',
    isShared: true,
  },
  {
    resource: 'contacts',
    name: 'My customers',
    definition: { filters: { status: 'CUSTOMER' }, sort: '-lead_score' },
    owner: 'jun',
    isShared: false,
  },
  {
    resource: 'deals',
    name: 'Above 100,000',
    definition: { filters: { status: 'open', value_min: '100000' }, sort: '-value' },
    owner: 'marisol',
    isShared: true,
  },
  {
    resource: 'deals',
    name: 'Closing soon',
    definition: { filters: { status: 'open' }, sort: 'expected_close_date' },
    owner: 'bertrand',
    isShared: true,
  },
  {
    resource: 'activities',
    name: 'Overdue',
    definition: { filters: { status: 'overdue' }, sort: 'due_date' },
    owner: 'bertrand',
    isShared: true,
  },
];
