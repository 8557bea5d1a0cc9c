import { parts, rows } from '../rows.ts';
import type { DemoContact } from '../shape.ts';

const headers = [
  'first',
  'last',
  'title',
  'at',
  'city',
  'postcode',
  'street',
  'phone',
  'status',
  'source',
  'score',
  'owner',
  'since',
  'tags',
  'employees',
  'suite',
  'ends',
] as const;

// The telephone numbers are of the range that Ofcom keeps free for drama.
const table = rows(
  headers,
  `
Amara      | Pettigrew   | Operations Director  | Larkfield Freight        | Salford     | M5 9ZZ   | 40 Ordsall Reach     | 0201 | QUALIFIED   | referral     | 88 | priyanka | 72  | security             | 140 | Microsoft 365    | 58
Desmond    | Virtanen    | Finance Director     | Larkfield Freight        | Salford     | M5 9ZZ   | 40 Ordsall Reach     | 0202 | QUALIFIED   | referral     | 71 | priyanka | 66  |                      | 140 | Microsoft 365    | 58
Yusra      | Coldbeck    | Practice Manager     | Tarn Street Dental       | Bolton      | BL1 9ZZ  | 7 Tarn Street        | 0203 | CUSTOMER    | website      | 92 | tomasz   | 168 | support              | 34  | Microsoft 365    | 612
Gareth     | Nwosu       | Partner              | Tarn Street Dental       | Bolton      | BL1 9ZZ  | 7 Tarn Street        | 0204 | CUSTOMER    | website      | 64 | tomasz   | 160 | support              | 34  | Microsoft 365    | 612
Ling       | Fairweather | Head of Casework     | Moorgate Legal Aid       | Leeds       | LS2 9ZZ  | 19 Blayds Passage    | 0205 | QUALIFIED   | linkedin     | 83 | callum   | 41  | cloud move           | 61  | None yet         | 120
Ruairi     | Banerjee    | Office Manager       | Moorgate Legal Aid       | Leeds       | LS2 9ZZ  | 19 Blayds Passage    | 0206 | PROSPECT    | linkedin     | 55 | callum   | 38  | cloud move           | 61  | None yet         | 120
Ottoline   | Mensah      | Bursar               | Fellside Academy Trust   | Kendal      | LA9 9ZZ  | 2 Beacon View        | 0207 | CONTACTED   | trade_show   | 47 | rhiannon | 131 | public sector, event | 310 | Google Workspace | 200
Ibrahim    | Hollis      | IT Coordinator       | Fellside Academy Trust   | Kendal      | LA9 9ZZ  | 2 Beacon View        | 0208 | CONTACTED   | trade_show   | 52 | rhiannon | 131 | public sector, event | 310 | Google Workspace | 200
Saoirse    | Delacroix   | Founder              | Pennine Tile Works       | Rochdale    | OL16 9ZZ | Unit 4, Kiln Yard    | 0209 | PROSPECT    | website      | 49 | rhiannon | 57  |                      | 22  | Google Workspace |
Bartholomew | Quaye      | Plant Manager        | Pennine Tile Works       | Rochdale    | OL16 9ZZ | Unit 4, Kiln Yard    | 0210 | LEAD        | website      | 31 | rhiannon | 54  |                      | 22  | Google Workspace |
Mei-Lin    | Ashworth    | Chief of Staff       | Calder Valley Radio      | Halifax     | HX1 9ZZ  | 88 Mast Road         | 0211 | LEAD        | referral     | 44 | priyanka | 26  |                      | 48  | Microsoft 365    | 77
Kwabena    | Rosenthal   | Studio Engineer      | Calder Valley Radio      | Halifax     | HX1 9ZZ  | 88 Mast Road         | 0212 | NEW         | referral     | 28 | priyanka | 25  |                      | 48  | Microsoft 365    | 77
Hannelore  | Iqbal       | Warden               | Mersey Almshouses        | Liverpool   | L3 9ZZ   | The Lodge, Dock Lane | 0213 | INACTIVE    | cold_email   | 12 | tomasz   | 190 |                      | 15  | None yet         |
Piotr      | Wrexham     | Head Brewer          | Two Herons Brewery       | Stockport   | SK1 9ZZ  | 5 Weir Cottages      | 0214 | CUSTOMER    | referral     | 76 | tomasz   | 201 | support, renewal due | 27  | Google Workspace | 33
Folasade   | Grimshaw    | Bookkeeper           | Two Herons Brewery       | Stockport   | SK1 9ZZ  | 5 Weir Cottages      | 0215 | CUSTOMER    | referral     | 58 | tomasz   | 199 | renewal due          | 27  | Google Workspace | 33
Emrys      | Takahashi   | Managing Partner     | Oakenshaw Architects     | York        | YO1 9ZZ  | 11 Minster Steps     | 0216 | PROSPECT    | social_media | 61 | callum   | 47  | cloud move           | 39  | Microsoft 365    | 149
Zainab     | Thornley    | Studio Manager       | Oakenshaw Architects     | York        | YO1 9ZZ  | 11 Minster Steps     | 0217 | CONTACTED   | social_media | 39 | callum   | 44  |                      | 39  | Microsoft 365    | 149
Caspian    | Murgatroyd  | Director             | Ribble Vets              | Preston     | PR1 9ZZ  | 60 Meadow Bank       | 0218 | UNQUALIFIED | cold_email   | 9  | rhiannon | 102 |                      | 8   | None yet         |
Ngozi      | Hebblewhite | Practice Nurse Lead  | Ribble Vets              | Preston     | PR1 9ZZ  | 60 Meadow Bank       | 0219 | UNQUALIFIED | cold_email   | 7  | rhiannon | 102 |                      | 8   | None yet         |
Solveig    | Ramsbottom  | Collections Lead     | Irwell Textile Museum    | Bury        | BL9 9ZZ  | Spindle Hall         | 0220 | CUSTOMER    | trade_show   | 81 | priyanka | 185 | public sector        | 52  | Microsoft 365    | 260
Jahangir   | Kettlewell  | Facilities Manager   | Irwell Textile Museum    | Bury        | BL9 9ZZ  | Spindle Hall         | 0221 | CUSTOMER    | trade_show   | 66 | priyanka | 184 | public sector, event | 52  | Microsoft 365    | 260
Beatrix    | Onwudiwe    | Chief Executive      | Wyre Credit Union        | Lancaster   | LA1 9ZZ  | 23 Quay Street       | 0222 | LEAD        | linkedin     | 57 | priyanka | 17  | security             | 73  | Microsoft 365    | 91
Torquil    | Sandhu      | Compliance Officer   | Wyre Credit Union        | Lancaster   | LA1 9ZZ  | 23 Quay Street       | 0223 | LEAD        | linkedin     | 53 | priyanka | 15  | security             | 73  | Microsoft 365    | 91
Aurelie    | Birtwistle  | General Manager      | Harbour Lights Hotel     | Fleetwood   | FY7 9ZZ  | 1 Esplanade End      | 0224 | NEW         | website      | 35 | rhiannon | 6   |                      | 44  | Google Workspace |
Matthias   | Olatunji    | Night Manager        | Harbour Lights Hotel     | Fleetwood   | FY7 9ZZ  | 1 Esplanade End      | 0225 | NEW         | website      | 18 | rhiannon | 5   |                      | 44  | Google Workspace |
Wilhelmina | Asante      | Non-executive Chair  | Cragside Holdings        | Harrogate   | HG1 9ZZ  | 14 Pump Court        | 0226 | PROSPECT    | other        | 69 | priyanka | 21  |                      | 190 | Microsoft 365    | 170
`,
);

export const contacts: readonly DemoContact[] = table.map((row) => ({
  first: row.first,
  last: row.last,
  title: row.title,
  at: row.at,
  city: row.city,
  postcode: row.postcode,
  street: row.street,
  phone: `+44 161 496 ${row.phone}`,
  mobile: `+44 7700 90${row.phone}`,
  status: row.status as DemoContact['status'],
  source: row.source as DemoContact['source'],
  score: Number(row.score),
  owner: row.owner,
  since: Number(row.since),
  tags: parts(row.tags),
  custom: {
    employees: Number(row.employees),
    office_suite: row.suite,
    ...(row.ends === '' ? {} : { contract_ends: { inDays: Number(row.ends) } }),
  },
  ...(row.at === 'Cragside Holdings'
    ? { isPrivate: true, notes: 'Asked for discretion: the board has not been told yet.' }
    : {}),
}));
