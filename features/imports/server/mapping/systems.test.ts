import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readAll } from '../fixtures/temporary-files.ts';
import { guessMapping } from './guess-mapping.ts';
import { toContact } from './to-contact.ts';

async function imported(name: string, defaultCountry?: 'US' | 'DE' | 'FR') {
  const path = fileURLToPath(new URL(`../fixtures/${name}.csv`, import.meta.url));
  const { headers, rows } = await readAll(path);
  const { source, columns } = guessMapping(
    headers,
    rows.map((row) => row.cells),
  );
  const mapping = { columns, ...(defaultCountry ? { defaultCountry } : {}) };
  const fields = Object.fromEntries(columns.filter(({ field }) => field).map(({ header, field }) => [field, header]));
  return { source, fields, columns, contacts: rows.map((row) => toContact(row.cells, mapping)) };
}

describe('exports of other systems are recognised and read without help', () => {
  test('HubSpot', async () => {
    const { source, fields, contacts } = await imported('hubspot');
    expect(source).toBe('hubspot');
    expect(fields).toMatchObject({
      status: 'Lifecycle Stage',
      company: 'Associated Company',
      'custom:favourite_boat': 'Favourite boat',
    });
    expect(contacts[0]).toEqual({
      errors: [],
      contact: {
        first_name: 'Ingrid',
        last_name: 'Sørensen',
        email: 'ingrid.sorensen@fjordline.example',
        phone: '+4722123456',
        owner: 'Maya Chen',
        company: 'Fjordline AS',
        title: 'Head of Purchasing',
        status: 'PROSPECT',
        source: 'website',
        city: 'Oslo',
        country: 'Norway',
        website: 'https://fjordline.example',
        lead_score: 42,
        custom_fields: { lead_status: 'OPEN_DEAL', favourite_boat: 'ketch' },
      },
    });
    expect(contacts[1]?.contact).toMatchObject({
      mobile: '+34612345678',
      status: 'CUSTOMER',
      source: 'other',
      linkedin_url: 'https://www.linkedin.com/in/tomas-ibanez',
      custom_fields: { original_source: 'Offline Sources' },
    });
    expect(contacts[2]?.errors).toMatchObject([
      { column: 'Email', field: 'email', code: 'invalid_email', value: 'not-an-address' },
    ]);
  });

  test('Salesforce', async () => {
    const { source, fields, contacts, columns } = await imported('salesforce', 'US');
    expect(source).toBe('salesforce');
    expect(fields).toMatchObject({ title: 'Title', owner: 'Account Owner', state: 'Mailing State/Province' });
    expect(columns.find(({ header }) => header === 'Email Opt Out')?.field).toBeNull();
    expect(contacts[0]).toEqual({
      errors: [],
      contact: {
        first_name: 'Adaeze',
        last_name: 'Nwosu',
        title: 'VP Operations',
        company: 'Brightwater Foods',
        address_line1: '414 Main Street',
        address_line2: 'Suite 12',
        city: 'Anytown',
        state: 'CA',
        postal_code: '95762',
        country: 'United States',
        phone: '+16502530000',
        mobile: '+16502530001',
        email: 'adaeze@brightwater.example',
        owner: 'Richard Roe',
        source: 'trade_show',
        status: 'CONTACTED',
        notes: 'Wants the "blue" line, call in May',
      },
    });
    expect(contacts[1]?.contact).toMatchObject({ phone: '+81661234567', status: 'CUSTOMER' });
  });

  test('Salesforce, by its data loader: the same headers joined and in capitals', () => {
    const headers =
      'ID,ISDELETED,ACCOUNTID,LASTNAME,FIRSTNAME,SALUTATION,NAME,MAILINGCITY,MAILINGPOSTALCODE,PHONE,MOBILEPHONE';
    const { source, columns } = guessMapping(`${headers},EMAIL,LEADSOURCE,OWNERID,HASOPTEDOUTOFEMAIL`.split(','), []);
    expect(source).toBe('salesforce');
    expect(Object.fromEntries(columns.map(({ header, field }) => [header, field]))).toEqual({
      ID: null,
      ISDELETED: null,
      ACCOUNTID: null,
      LASTNAME: 'last_name',
      FIRSTNAME: 'first_name',
      SALUTATION: null,
      NAME: null,
      MAILINGCITY: 'city',
      MAILINGPOSTALCODE: 'postal_code',
      PHONE: 'phone',
      MOBILEPHONE: 'mobile',
      EMAIL: 'email',
      LEADSOURCE: 'source',
      OWNERID: null,
      HASOPTEDOUTOFEMAIL: null,
    });
  });

  test('Pipedrive: names are split, the filled e-mail column wins', async () => {
    const { source, fields, contacts } = await imported('pipedrive', 'FR');
    expect(source).toBe('pipedrive');
    expect(fields).toMatchObject({
      full_name: 'Person - Name',
      email: 'Person - Email - Home',
      mobile: 'Person - Phone - Mobile',
    });
    expect(contacts[0]?.contact).toEqual({
      first_name: 'Ludwig',
      last_name: 'van den Berg',
      tags: ['Hot lead', 'Newsletter'],
      company: 'Van den Berg Logistics BV',
      email: 'ludwig@vdberg.example',
      phone: '+31201234567',
      mobile: '+31612345678',
      owner: 'sam@ourteam.example',
      title: 'Owner',
    });
    expect(contacts[1]?.contact).toMatchObject({ phone: '+33450112233', custom_fields: { person_shoe_size: '38' } });
  });

  test('Google Contacts: several values in one cell, its own labels left out', async () => {
    const { source, contacts } = await imported('google');
    expect(source).toBe('google');
    expect(contacts[0]?.contact).toMatchObject({
      first_name: 'Giulia',
      last_name: 'Ferrari',
      tags: ['Suppliers', 'VIP'],
      email: 'giulia@velabianca.example',
      phone: '+390101234567',
      website: 'http://velabianca.example',
      country: 'Italia',
      notes: 'Met in Genova\nLikes sails',
      custom_fields: { e_mail_2_value: 'giulia.ferrari@posta.example' },
    });
    expect(contacts[1]).toEqual({
      errors: [],
      contact: { first_name: 'Abebe', phone: 'ask at reception', mobile: '+251111234567' },
    });
  });

  test('Outlook: business before home, “Title” is a form of address', async () => {
    const { source, fields, columns, contacts } = await imported('outlook', 'DE');
    expect(source).toBe('outlook');
    expect(fields).toMatchObject({
      phone: 'Business Phone',
      mobile: 'Mobile Phone',
      title: 'Job Title',
      city: 'Business City',
    });
    expect(columns.find(({ header }) => header === 'Title')?.field).toBeNull();
    expect(contacts[0]?.contact).toMatchObject({
      phone: '+49301234567',
      mobile: '+4915123456789',
      company: 'Stahlbau Weiß GmbH',
      country: 'Deutschland',
      website: 'https://www.stahlbau.example',
    });
    expect(contacts.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
