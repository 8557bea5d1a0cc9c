import type { DemoCompany } from '../shape.ts';
import { contacts } from './contacts.ts';
import { sunstoneDeals } from './deals.ts';
import { talk, views } from './talk.ts';

/** Sunstone: a solar and roofing installer with many sites of few customers. */
export const sunstone: DemoCompany = {
  seed: 8130,
  name: 'Sunstone',
  domain: 'sunstone.example',
  what: 'a solar and roofing installer in Tucson',
  company: {
    phone: '+1 520 555 0100',
    address: '240 E Ironwood Yard',
    city: 'Tucson',
    state: 'AZ',
    zip: '85799',
    timezone: 'America/Phoenix',
  },
  currency: 'USD',
  utcOffset: -7,
  age: 420,
  people: [
    person('Marisol', 'Okonjo', 'company_admin', 'Owner', '0101', { login: true }),
    person('Bertrand', 'Yazzie', 'sales_manager', 'Residential Sales Manager', '0102', {
      manager: 'marisol',
      login: true,
    }),
    person('Oriane', 'Castleberry', 'sales_manager', 'Commercial Sales Manager', '0103', { manager: 'marisol' }),
    person('Jun', 'Villanueva', 'sales_rep', 'Builder Accounts', '0104', { manager: 'bertrand', login: true }),
    person('Anahera', 'Pike', 'sales_rep', 'Solar Consultant', '0105', { manager: 'bertrand' }),
    person('Mateus', 'Lindgren', 'sales_rep', 'Roofing Consultant', '0106', { manager: 'bertrand' }),
    person('Devante', 'Sorensen', 'sales_rep', 'Commercial Accounts', '0107', { manager: 'oriane' }),
    person('Sabela', 'Harjo', 'sales_rep', 'Farm and Industry', '0108', { manager: 'oriane' }),
  ],
  teams: [
    {
      name: 'Residential',
      description: 'Homes, builders and owners’ associations',
      lead: 'bertrand',
      members: ['jun', 'anahera', 'mateus'],
    },
    {
      name: 'Commercial',
      description: 'Schools, stores, farms and industry',
      lead: 'oriane',
      members: ['devante', 'sabela'],
    },
  ],
  tags: {
    'home builder': '#b45309',
    "owners' association": '#7c3aed',
    school: '#2f6fde',
    commercial: '#0e7490',
    farm: '#15803d',
    battery: '#ca8a04',
    grant: '#be185d',
    'roof only': '#57534e',
  },
  fields: [
    {
      resource: 'contacts',
      key: 'roof_type',
      label: 'Roof',
      type: 'select',
      options: ['Asphalt shingle', 'Clay tile', 'Standing seam', 'Corrugated metal', 'Flat membrane'],
    },
    { resource: 'contacts', key: 'owners_association', label: "Needs the owners' consent", type: 'boolean' },
    { resource: 'contacts', key: 'sites', label: 'Sites', type: 'number' },
    { resource: 'deals', key: 'system_kw', label: 'System (kW)', type: 'number' },
    {
      resource: 'deals',
      key: 'financing',
      label: 'Financing',
      type: 'select',
      options: ['Cash', 'Loan', 'Lease', 'Grant'],
    },
    { resource: 'deals', key: 'install_by', label: 'Install by', type: 'date' },
  ],
  stages: [
    { name: 'New enquiry', probability: 5, rots: 7, stay: 4 },
    { name: 'Site visit booked', probability: 15, rots: 10, stay: 6 },
    { name: 'Survey done', probability: 25, rots: 10, stay: 5 },
    { name: 'Design', probability: 40, rots: 14, stay: 7 },
    { name: 'Quote sent', probability: 50, rots: 14, stay: 10 },
    { name: 'Financing', probability: 65, rots: 21, stay: 12 },
    { name: 'Negotiation', probability: 75, rots: 14, stay: 6 },
    { name: 'Contract out', probability: 90, rots: 10, stay: 5 },
    { name: 'Won', probability: 100, closed: 'won' },
    { name: 'Lost', probability: 0, closed: 'lost' },
  ],
  retired: [
    'Door list',
    'Voicemail left',
    'Second visit',
    'Drone photos',
    'Bill collected',
    'Shade study',
    'Credit check',
    'Waiting on utility',
    'Owners’ vote',
    'Parked for winter',
    'Verbal yes',
    'In the install queue',
  ],
  tidied: 160,
  contacts,
  deals: sunstoneDeals(contacts.map(({ since }) => since)),
  wonReasons: [
    'Best warranty on the roof itself',
    'Roof and panels from one crew',
    'Could start before the summer',
    'Neighbours recommended us',
    'Financing fitted their budget year',
  ],
  lostReasons: [
    'Chose a lower price',
    "Owners' association voted no",
    'Roof must be replaced first, no budget',
    'Financing was declined',
    'Went quiet after the quote',
  ],
  talk,
  views,
  invited: { email: 'kalani.osterhaus@sunstone.example', role: 'sales_rep', by: 'marisol' },
};

function person(
  first: string,
  last: string,
  role: 'company_admin' | 'sales_manager' | 'sales_rep',
  title: string,
  ending: string,
  more: { manager?: string; login?: true } = {},
) {
  return { first, last, role, title, phone: `+1 520 555 ${ending}`, ...more };
}
