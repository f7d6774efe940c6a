"""Sentences of invented referrals, as data. Nobody ever said any of them of anybody."""

from __future__ import annotations

from typing import Final

WRONG: Final = (
    "The children heard their mother being shouted at and pushed through the night.",
    "He came to school hungry again and fell asleep at his desk.",
    "A neighbour rang because the youngest was alone on the landing.",
    "There was no food in the kitchen and the heating was off.",
    "She has a bruise on her arm and says two different things about it.",
    "Their father came back although he was told to stay away.",
    "She was out past midnight again and will not say with whom.",
    "Their mother said that she cannot keep them safe tonight.",
)
HAPPENED: Final = (
    "Furniture was broken in the front room, and the children were upstairs.",
    "The child would not go home and asked to stay with a teacher.",
    "Both adults had been drinking, and one of them left before we came.",
    "The child flinched when the door was closed.",
)
WORDS: Final = (
    "I put my hands over my ears.",
    "I make the tea when mum is asleep.",
    "I do not want to go back when he is there.",
    "We hide in the wardrobe when it is loud.",
    "I like it at nan's.",
)
LOOKS: Final = (
    "Thin coat, no socks, clean face.",
    "Tired, dark rings under the eyes.",
    "Well dressed and washed.",
    "Clothes too small, hair not combed.",
)
DOES: Final = (
    "Stayed close to the elder sister and did not speak.",
    "Watched the door the whole time.",
    "Played with the baby and asked for something to eat.",
    "Answered for the younger ones before they could.",
)
HOME: Final = (
    "One bedroom for three children, a mattress on the floor.",
    "Warm and tidy, with food in the fridge.",
    "No bulb in the bedroom, and the window does not close.",
)
WORRIES: Final = (
    "It happens more often and gets worse, and nobody else sees it.",
    "The child carries what an adult should carry.",
    "Nobody at home can say who looks after the youngest.",
)
HISTORY: Final = (
    "Three incidents since the spring, each with the children there.",
    "Known to early help in the past; it ended when they moved.",
    "Nothing was recorded before this year.",
)
STRENGTHS: Final = (
    "The grandmother lives close and takes them when she is asked.",
    "School says that they come every day.",
    "The mother rang for help herself.",
)
ARGUMENTS: Final = (
    "Several needs that no one service can meet, and the family asks for help.",
    "It is likely that the child is harmed if nothing changes.",
    "One worry, which the school can follow up with the family.",
)
ASKED: Final = (
    "See the children today and decide whether they are safe tonight.",
    "Speak with the mother alone, and tell us what is planned.",
    "Tell us whether a worker has the family already.",
)
PLANS: Final = (
    "They stay with their grandmother until somebody comes.",
    "He has left and must not come back; the mother has our number.",
    "School keeps the child until five and rings us before.",
)
DONE: Final = (
    "One adult was arrested; the mother was given a number to ring.",
    "The designated lead spoke with the child and rang the mother.",
    "An ambulance looked at the child, who did not need to go with it.",
)
REASONS: Final = (
    "What was sent shows what the child needs, and it fits what is known.",
    "One need, which a single service can meet; the family agrees.",
    "The family has a worker, who was told today and will see them this week.",
)
MORE: Final = (
    "Who else was in the home, and where did the children sleep?",
    "What did each child say, in their own words?",
    "Was the mother told, and what did she say?",
)
ENDS: Final = (
    "A worker saw the family twice; the children go to their grandmother on weekdays.",
    "The assessment ended with a plan, and school is part of it.",
    "The family did not want help. School keeps an eye on them.",
)
POINTS: Final = (
    ("Q5", "Write the words as the child said them, and who was in earshot.", False),
    ("Q13", "Give the incident's reference, so that the two are read together.", False),
    ("Q8", "Say why this level, with the words of the threshold document.", False),
    ("Q4", "What was seen and what was told stand apart.", True),
    ("Q10", "It says who does what tonight.", True),
)
