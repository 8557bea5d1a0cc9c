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
  'roof',
  'hoa',
  'sites',
] as const;

// The telephone numbers are of the range 555-0100 to 555-0199, which is kept free for fiction.
const table = rows(
  headers,
  `
Consuelo  | Abernathy  | Head of Construction      | Saguaro Ridge Homes        | Tucson     | 85799 | 4100 E Paloverde Loop   | 0121 | CUSTOMER   | referral     | 95 | jun     | 395 | home builder          | Clay tile    | no  | 24
Dashiell  | Nakai      | Purchasing Manager        | Saguaro Ridge Homes        | Tucson     | 85799 | 4100 E Paloverde Loop   | 0122 | CUSTOMER   | referral     | 74 | jun     | 380 | home builder          | Clay tile    | no  | 24
Imogen    | Castaneda  | Community Manager         | Vista del Oro Owners       | Oro Valley | 85798 | 18 Quail Crossing       | 0123 | CUSTOMER   | trade_show   | 90 | anahera | 360 | owners' association   | Clay tile    | yes | 61
Tobias    | Begaye     | Facilities Director       | Mesquite Unified Schools   | Marana     | 85797 | 900 W Schoolhouse Rd    | 0124 | CUSTOMER   | website      | 93 | devante | 340 | school, grant         | Flat membrane | no | 11
Leocadia  | Strand     | Portfolio Manager         | Copperleaf Property Group  | Tucson     | 85796 | 77 N Stonework Ave, 9   | 0125 | CUSTOMER   | linkedin     | 87 | devante | 325 | commercial            | Flat membrane | no | 19
Hyun-woo  | Ferreira   | Owner                     | Rincon Cold Storage        | Vail       | 85795 | 6 Freight Spur          | 0126 | QUALIFIED  | referral     | 79 | sabela  | 150 | commercial, battery   | Standing seam | no | 3
Winona    | Achterberg | Grower                    | Dry Creek Pecans           | Sahuarita  | 85794 | 2250 S Orchard Lane     | 0127 | CUSTOMER   | social_media | 82 | sabela  | 290 | farm, battery         | Corrugated metal | no | 5
Malachi   | Oyelaran   | Pastor                    | Lantern Hill Fellowship    | Tucson     | 85793 | 510 W Lantern Hill Dr   | 0128 | PROSPECT   | referral     | 58 | jun     | 84  | grant                 | Asphalt shingle | no | 2
Giselle   | Tsosie     | General Manager           | Ocotillo Inns              | Benson     | 85792 | 33 Stagecoach Plaza     | 0129 | QUALIFIED  | cold_email   | 66 | anahera | 120 | commercial            | Flat membrane | no | 6
Rufus     | Mahindra   | Renovation Lead           | Adobe & Beam Renovations   | Tucson     | 85791 | 1209 S Arroyo St        | 0130 | CUSTOMER   | website      | 84 | mateus  | 275 | home builder          | Asphalt shingle | no | 16
Paloma    | Whitlock   | Board Treasurer           | Sonoita Springs Villas     | Green Valley | 85790 | 60 Springs Terrace    | 0131 | PROSPECT   | trade_show   | 63 | mateus  | 98  | owners' association   | Clay tile    | yes | 38
Evander   | Cho        | Plant Engineer            | Santa Rita Ceramics        | Tucson     | 85789 | 2 Kiln Road             | 0132 | LEAD       | website      | 51 | mateus  | 23  | commercial, roof only | Standing seam | no | 1
Seraphine | Duquesne   | Chief Financial Officer   | Catalina Regional Grocers  | Tucson     | 85788 | 1500 N Marketway        | 0133 | PROSPECT   | other        | 77 | oriane  | 45  | commercial            | Flat membrane | no | 8
`,
);

export const contacts: readonly DemoContact[] = table.map((row) => ({
  first: row.first,
  last: row.last,
  title: row.title,
  at: row.at,
  city: row.city,
  state: 'AZ',
  postcode: row.postcode,
  street: row.street,
  phone: `+1 520 555 ${row.phone}`,
  status: row.status as DemoContact['status'],
  source: row.source as DemoContact['source'],
  score: Number(row.score),
  owner: row.owner,
  since: Number(row.since),
  tags: parts(row.tags),
  custom: { roof_type: row.roof, owners_association: row.hoa === 'yes', sites: Number(row.sites) },
  ...(row.at === 'Catalina Regional Grocers'
    ? { isPrivate: true, notes: 'Under a confidentiality agreement until their board has met.' }
    : {}),
}));
