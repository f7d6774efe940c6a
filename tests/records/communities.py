"""How the names of one person are written by two partners, community by community, and how far the readings agree.

A name is "given | middle | family" as in three columns, or one line as in one column. The two words behind say how the
given and the family names agree: same, form (a form that both hold), kin (one family of names), sounds, crossed (given
name here is family name there), apart, unknown (one of them holds none).
"""

from __future__ import annotations

BRITISH = [
    ("Elizabeth | | Smith-Jones", "SMITH JONES, LIZ", "kin", "same"),
    ("Elizabeth | | Smith-Jones", "Beth | | Jones", "kin", "form"),
    ("Jonathan (known as Jack) | | O'Neill", "Jack | | ONeill", "form", "same"),
    ("Jonathan | | O' Neill", "JONATHON | | O NEILL", "kin", "same"),
    ("Mr William | Henry | Brown Jnr", "Bill | | Brown", "kin", "same"),
    ("Anne-Marie | | Lloyd", "Annemarie | | LLOYD", "form", "same"),
    ("Anne Marie | | Lloyd", "Anne | Marie | Lloyd", "same", "same"),
    ("Charlotte | | Taylor (nee Evans)", "Lottie | | Evans", "kin", "form"),
    ("Steven | | Clark", "Stephen | | Clarke", "kin", "sounds"),
    ("Sophie | | de la Mare", "Sophie | | Delamare", "same", "form"),
    ("Sophie | | de la Mare", "Sophie | | Mare", "same", "form"),
    ("J | | Smith", "James | | Smith", "apart", "same"),  # an initial is a level of its own elsewhere
    ("Harry | | Smith", "Oscar | | Smith", "apart", "same"),
]
IRISH_WELSH_SCOTTISH = [
    ("Siobhan | | Ni Bhriain", "Siobhán | | Ní Bhriain", "same", "same"),
    ("Siobhán | | Mc Carthy", "Shivaun | | McCarthy", "kin", "same"),
    ("Ciarán | | MacDonald", "Kieran | | McDonald", "kin", "form"),
    ("Seán | | O'Brien", "Shaun | | Obrien", "kin", "same"),
    ("Patrick | | Mac Giolla", "Paddy | | MacGiolla", "kin", "same"),
    ("Dafydd | | ap Rhys", "David | | Rhys", "kin", "form"),
    ("Angharad | | ferch Owain", "Angharad | | Owain", "same", "form"),
    ("Rhys | | Llewellyn", "Reece | | Llywelyn", "kin", "sounds"),
    ("Eilidh | | St. John", "Eilidh | | St John", "same", "same"),
    ("Seán | | Ward", "Shane | | Ward", "sounds", "same"),  # brothers' names: alike to the ear, no more
]
POLISH = [
    ("Katarzyna | | Kowalska", "Kasia | | Kowalski", "kin", "form"),
    ("Małgorzata | | Wiśniewska", "Gosia | | Wisniewski", "kin", "form"),
    ("Łukasz | | Żak", "Lukasz | | Zak", "same", "same"),
    ("Krzysztof | | Nowak", "Chris | | Nowak", "kin", "same"),
    ("Agnieszka | | Zawadzka-Nowak", "Agnieszka | | Nowak", "same", "form"),
    ("Wojciech | | Wójcik", "WOJCIK, Wojciech", "same", "same"),
    ("Zofia | | Dąbrowska", "Zosia | | Dabrowska", "kin", "same"),
]
BALTIC_SLAVIC_CZECH = [
    ("Юлия | | Иванова", "Yulia | | Ivanov", "kin", "form"),
    ("Oleksandr | Ivanovych | Шевченко", "Aleksandr | | Shevchenko", "kin", "same"),
    ("Yelena | Sergeevna | Petrova", "Olena | | Petrov", "kin", "form"),
    ("Volodymyr | | Zelenskyi", "Vladimir | | Zelensky", "kin", "form"),
    ("Jūratė | | Kazlauskienė", "Jurate | | Kazlauskas", "same", "form"),
    ("Jana | | Nováková", "Jana | | Novak", "same", "form"),
    ("Georgi | | Dimitrov", "Georgi | | Dimitroff", "same", "form"),
]
ROMANIAN_AND_ROMA = [
    ("Ştefan | | Țurcanu", "Stefan | | Turcanu", "same", "same"),
    ("Gheorghe | | Ionescu", "George | | Ionesco", "kin", "sounds"),
    ("Mihaela-Elena | | Pop", "Mihaela | | Pop", "same", "same"),
    ("Ionuț | | Radu", "RADU IONUT", "crossed", "crossed"),
    ("Esmeralda | | Lacatus", "Esme | | Lăcătuș", "kin", "same"),
]
PAKISTANI = [
    ("Mohammad | | Hussain", "Muhammed | | Hussein", "kin", "form"),
    ("Mohd | | Akhtar", "MOHAMED | | AKHTAR", "kin", "same"),
    ("Muhammad Ibrahim | | Khan", "Ibrahim | | Khan", "same", "same"),
    ("Muhammad | Ibrahim | Khan", "Muhammad Ibrahim | | Khan", "same", "same"),
    ("Muhammad | Ibrahim | Khan", "Muhammad | | Khan", "form", "same"),
    ("Muhammad | Ibrahim | Khan", "Ebrahim | | Khan", "kin", "same"),
    ("KHAN, Amina", "Ameena | | Khan", "kin", "same"),
    ("Amina Bibi | | Khan", "Amina | | Bibi", "same", "form"),
    ("Abdul Rahman | | Malik", "Abdur-Rehman | | Malik", "kin", "same"),
    ("Abdul Rahman | | Malik", "Rahman | | Malik", "form", "same"),
    ("Abdul Rahman | | Malik", "Abdul Aziz | | Malik", "apart", "same"),
    ("Zia ul Haq | | Butt", "Zia-ul-Haq | | Butt", "same", "same"),
    ("Syed Ali | | Shah", "Ali | | Shah", "same", "same"),
    ("Ayesha | | Chaudhry", "Aisha | | Choudhury", "kin", "form"),
    ("محمد | | خان", "Mohammed | | Khan", "kin", "sounds"),
]
BANGLADESHI = [
    ("Rukeya | | Begum", "Rokeya | | Begom", "kin", "form"),
    ("Md Jakir | | Hossain", "Zakir | | Hussain", "kin", "form"),
    ("Shirin | | Akter", "Shireen | | Akhtar", "kin", "form"),
    ("Nazmul | | Miah", "NAZMUL | | MIA", "same", "form"),
]
PUNJABI_SIKH = [
    ("Amandeep | Kaur | Sandhu", "Amandeep | | Kaur", "same", "form"),
    ("Amandeep Kaur | | Sandhu", "Aman | | Sandhu", "kin", "same"),
    ("Gurvinder | Singh | Gill", "Gurwinder | | Singh", "kin", "form"),
    ("Jaswinder | | Dhaliwal", "Jasvinder | | Daliwal", "kin", "form"),
    ("Major Singh | | Bains", "Major | Singh | Bains", "same", "same"),
    ("ਗੁਰਪ੍ਰੀਤ | | ਸਿੰਘ", "Gurpreet | | Singh", "kin", "same"),
    ("Amandeep | | Kaur", "Amanpreet | | Kaur", "apart", "same"),
]
GUJARATI_AND_TAMIL = [
    ("Meenaben | | Patel", "Mina | | Patel", "apart", "same"),
    ("Dipak | | Patel", "Deepak | | Patel", "kin", "same"),
    ("Laxmi | | Shah", "Lakshmi | | Shah", "kin", "same"),
    ("Tharshini | | Sivakumar", "Darshini | | Shivakumar", "kin", "sounds"),
]
ARABIC = [
    ("Ahmed bin Salim Al Harthi", "Ahmad | | Al-Harthi", "kin", "form"),
    ("Fatimah | | al-Hassan", "Fatma | | Alhassan", "kin", "form"),
    ("Yousef | | El Amin", "Yusuf | | Elamin", "kin", "form"),
    ("Abd al-Karim | | Haddad", "Abdelkarim | | Haddad", "kin", "same"),
    ("Umm Kulthum | | Nasser", "Umm-Kulthum | | Nasser", "same", "same"),
    ("Hasan | | Mahdi", "Husain | | Mahdi", "sounds", "same"),  # brothers' names: never kin
]
SOMALI_AND_HORN = [
    ("Xasan | Cabdi | Maxamed", "Hassan | Abdi | Mohamed", "kin", "form"),
    ("Faduma | Ali | Jama", "Fadumo | | Jama", "kin", "same"),
    ("Faduma | Ali | Jama", "Faduma Ali Jama", "same", "same"),
    ("Cabdiraxmaan | | Warsame", "Abdirahman | | Warsame", "kin", "same"),
    ("Yohannes | Tesfay |", "Yohanes Tesfay", "kin", "unknown"),
    ("Meron | | Haile", "HAILE MERON", "crossed", "crossed"),
]
WEST_AFRICAN = [
    ("Oluwaseun | | Adeyemi", "Seun | | Adeyemi", "kin", "same"),
    ("Olúwáfẹ́mi | | Ọládípọ̀", "Femi | | Oladipo", "kin", "same"),
    ("Chukwuemeka | | Okafor", "Emeka | | Okafor", "kin", "same"),
    ("Kwame | | Owusu-Ansah", "Kwame | | Ansah", "same", "form"),
    ("Ebrima | | N'Jie", "Ibrahima | | Njie", "kin", "same"),
    ("Given | | Moyo", "GIVEN | | MOYO", "same", "same"),
]
CARIBBEAN = [
    ("Shanice | | Campbell", "Shaniece | | Cambell", "kin", "sounds"),
    ("Chantelle | | Brown", "Shantell | | Browne", "kin", "sounds"),
    ("Dwayne | | St Clair", "Duane | | St. Clair", "kin", "same"),
    ("Junior | | Francis", "JUNIOR | | FRANCIS", "same", "same"),
]
TURKISH_KURDISH_AFGHAN = [
    ("Ayşe | | Yılmaz", "Ayshe | | Yilmaz", "kin", "same"),
    ("Hüseyin | | Çelik", "Huseyin | | Celik", "same", "same"),
    ("Najibullah | |", "Najeebullah", "sounds", "unknown"),
    ("Najibullah | |", "FNU | | Najibullah", "unknown", "unknown"),
]
PORTUGUESE_AND_CHINESE = [
    ("João | | da Silva Santos", "Joao | | Santos", "same", "form"),
    ("João | | da Silva Santos", "Joao | | Silva", "same", "form"),
    ("李明", "Ming | | Li", "same", "same"),
    ("李明", "Li Ming", "crossed", "crossed"),
    ("Nguyễn | Văn | Anh", "Nguyen Van Anh", "same", "form"),
]

COMMUNITIES = {
    "British": BRITISH,
    "Irish, Welsh and Scottish": IRISH_WELSH_SCOTTISH,
    "Polish": POLISH,
    "Baltic, Slavic and Czech": BALTIC_SLAVIC_CZECH,
    "Romanian and Roma": ROMANIAN_AND_ROMA,
    "Pakistani": PAKISTANI,
    "Bangladeshi": BANGLADESHI,
    "Punjabi and Sikh": PUNJABI_SIKH,
    "Gujarati and Tamil": GUJARATI_AND_TAMIL,
    "Arabic": ARABIC,
    "Somali, Eritrean and Ethiopian": SOMALI_AND_HORN,
    "West and southern African": WEST_AFRICAN,
    "Caribbean": CARIBBEAN,
    "Turkish, Kurdish and Afghan": TURKISH_KURDISH_AFGHAN,
    "Portuguese, Chinese and Vietnamese": PORTUGUESE_AND_CHINESE,
}
