"""Given names that tell *he* from *she*: common ones that hardly anybody of the other sex bears."""

from __future__ import annotations

_MEN = frozenset(
    """Aaron Abdul Abdullah Abraham Adam Adrian Ahmad Ahmed Akhmed Alan Albert Alejandro Aleksandar Aleksandr
    Aleksei Alexander Alexei Alfred Aliyar Allan Amir Anatoly Anders Andreas Andrei Andrew Andrey Andrij Andriy
    Andrés Angus Anthony Anton Antonio Antony Arkady Arman Armen Arnold Arthur Artur Askar Askhat Aslan Azamat Aziz
    Barack Bashar Ben Benjamin Benny Bernard Bernd Bernie Bill Björn Bob Boris Brad Brandon Brendan Brian Bruce
    Bruno Carl Carlos Charles Charlie Christian Christoph Christopher Clive Colin Craig Damian Daniel Danny Dave
    David Davit Dean Denis Dennis Derek Dick Diego Dieter Dimitri Dimitris Dmitri Dmitriy Dmitry Dmytro Dominic
    Donald Doug Douglas Duncan Ed Eddie Eduard Eduardo Edward Edwin Elchin Elliot Emil Emmanuel Emomali Enrique
    Erdal Eric Erik Ernest Evgeny Farhad Farid Felipe Felix Ferdinand Fernando Francisco Frank Franz François Fred
    Frederick Friedrich Fyodor Gabriel Gareth Gary Gavin Gennady Geoff Geoffrey Georg George Gerald Gerard Gerhard
    Gevorg Giorgi Giorgio Giovanni Giuseppe Gordon Graham Greg Gregory Guillermo Gurbanguly Gustav Hakan Hamid Hans
    Harold Harry Hasan Hassan Heinrich Heinz Helmut Henrik Henry Herbert Heydar Hikmet Hossein Howard Hugh Hugo
    Hussein Ian Ibrahim Igor Ilham Ilya Imran Isaac Ismail Ivan Jack Jacob Jacques Jake Jakob James Jared Jason
    Javier Jeff Jeffrey Jens Jeremy Jerome Jerry Jim Jimmy Joachim Joe Joel Johan Johannes John Johnny Jon Jonas
    Jonathan Josef Joseph Josh Joshua José João Juan Julian Justin Jürgen Karim Karl Kassym-Jomart Keir Keith Kemal
    Ken Kenneth Kenny Kevin Khalid Kirill Klaus Konstantin Kurmanbek Kurt Kyle Larry Lars Laurent Leo Leonard
    Leonid Lev Lewis Lorenzo Louis Luca Lucas Ludwig Luis Luiz Luke Magnus Mahmoud Malcolm Manuel Marc Marcel Marco
    Marcus Marek Mario Mark Markus Martin Matt Matthew Matthias Maxim Maxime Mehmet Mevlüt Michael Michel Miguel
    Mike Mikhail Mikheil Mikko Milan Mohamed Mohammad Mohammad-Javad Mohammed Mohsen Moritz Moses Muhammad Mukhtar
    Murat Mustafa Mykhailo Mykola Narendra Nathan Neil Nicholas Nick Nicolas Nicolás Nigel Nikol Nikolai Nikolay
    Nikos Nils Noah Norman Nursultan Olaf Oleg Oleh Oleksandr Oleksii Oleksiy Oliver Omar Orhan Oscar Osman Otto
    Pablo Patrick Paul Paulo Pavel Pavlo Pedro Pete Peter Petr Petro Phil Philip Philippe Pierre Piers Piotr Rafael
    Rahul Rajesh Ralph Ramiz Ramzan Raymond Recep Reinhard René Reza Ricardo Richard Rick Rob Robert Roberto
    Rodrigo Roger Roland Roman Ron Ronald Rory Roy Ruben Rudolf Rupert Ruslan Russell Rustam Ryan Sadyr Salman
    Salvatore Samir Samuel Sanjay Saparmurat Scott Sean Sebastian Serdar Sergei Sergey Sergii Serhii Serhiy Shahin
    Shavkat Shinzo Simon Stanislav Stefan Stefano Stephen Steve Steven Stuart Sven Tayyar Tayyip Ted Terence Terry
    Thabo Theodore Thierry Thomas Tigran Tim Timofei Timothy Timur Tobias Toby Tom Tomas Tommy Tony Tor Travis
    Trevor Ulrich Umar Vadim Vagif Valentin Valery Vasily Victor Viktor Vincent Vitali Vitalii Vitaly Vladimir
    Volker Volodymyr Vyacheslav Walter Warren Wayne Werner Wilhelm William Wolfgang Xavier Yanis Yegor Yevgeny Yuri
    Yuriy Yusuf Zaur Zurab Øystein""".split()
)
_WOMEN = frozenset(
    """Abigail Ada Agnes Agnieszka Aida Aisha Albina Alexandra Alexandria Alice Alicia Alina Aliya Alla Allison
    Amanda Amber Amelia Amina Amy Ana Anastasia Angela Angelina Anita Anja Ann Anna Annalena Anne Annegret Annette
    Annie Antonella Antonia Anya Asel Asiya Astrid Audrey Ayesha Aysel Ayşe Barbara Beata Beatrice Beatrix Becky
    Bella Benazir Bernadette Beth Bettina Betty Bianca Birgit Bridget Brigitte Camilla Carla Carmen Carole Caroline
    Carolyn Catherine Cathy Cecilia Charlotte Chelsea Cheryl Chloe Christina Christine Chrystia Cindy Claire Clara
    Clare Claudia Condoleezza Cora Corinne Cristina Cynthia Dalia Daniela Danielle Daria Darya Deanna Deanne
    Deborah Debra Delia Denise Diana Diane Dilma Dina Dolores Donna Dora Doris Dorothy Edith Eileen Ekaterina
    Elaine Eleanor Elena Eleni Elif Elisa Elisabeth Elise Eliza Elizabeth Ella Ellen Elsa Elvira Emilia Emily Emma
    Erica Erika Erna Esther Eugenia Eva Eve Evelyn Fatima Fatma Fiona Florence Freya Frieda Gabriela Gabrielle
    Galina Gemma Georgia Georgina Geraldine Gina Giorgia Gloria Golda Grace Greta Gretchen Guadalupe Gulnara Gwen
    Hanna Hannah Harriet Heather Hedwig Heidi Helen Helena Helene Henrietta Hilary Hilda Hillary Holly Ida Ilona
    Imelda Inga Ingrid Irene Irina Iris Irma Isabel Isabella Isabelle Ivana Jacinda Jacqueline Jane Janet Janice
    Jasmine Jeanette Jeanne Jennifer Jenny Jessica Jill Joanna Joanne Johanna Josephine Joyce Juanita Judith Judy
    Julia Juliana Julie Julija Kamala Karen Karin Karina Karine Karoline Katarina Kate Katerina Katharina Katherine
    Kathleen Kathryn Kathy Katie Katja Katrin Kayleigh Keiko Kersti Kirsten Kristalina Kristin Kristina Ksenia Lara
    Larisa Larissa Laura Lauren Layla Leila Lena Leyla Lidia Lilia Lilian Lillian Lily Linda Lisa Liudmila Liz Lois
    Loretta Lorraine Louise Lucia Lucy Ludmila Luisa Lydia Lyudmila Madeleine Maia Malala Manuela Mara Margaret
    Margarita Margit Margot Margrethe Maria Mariam Mariana Marianne Marie Marija Marina Marjorie Marta Martha Mary
    Matilda Maureen Megan Meghan Melanie Melissa Mercedes Meryem Mette Mia Michelle Mina Miranda Miriam Moira Molly
    Mona Monica Monika Myriam Nadezhda Nadia Nancy Naomi Natalia Natalie Nataliya Natasha Nathalie Nazanin Nicole
    Nigar Nikki Nina Nora Norma Nurgul Oksana Olena Olga Olha Olivia Oxana Pamela Patricia Paula Pauline Penny
    Petra Phoebe Phyllis Polina Priti Priya Priyanka Rachel Raisa Ramona Rebecca Regina Renata Rhonda Rita Roberta
    Rosa Rosalind Rose Rosemary Rosie Roza Ruth Sabina Sabine Sabrina Sadie Saima Sally Salome Samantha Sandra
    Sanna Sara Sarah Selena Selma Serena Sevda Sharon Sheila Shirley Sigrid Silvia Sinéad Sofia Sonia Sophia Sophie
    Stella Stephanie Sue Susan Susanne Suzanne Svetlana Sviatlana Sybil Sylvia Tamara Tania Tanya Tara Tatiana
    Tatyana Teresa Theresa Tina Tracey Tulsi Ulla Ulrike Ursula Valentina Valeria Valérie Vanessa Vera Verena
    Veronica Victoria Viktoria Viola Violeta Virginia Wanda Wendy Whitney Winnie Xenia Yasmin Yelena Yevgenia
    Yolanda Yulia Yuliya Yvette Yvonne Zarina Zhanna Zoe Zulfiya Zuzana""".split()
)
GIVEN = _MEN | _WOMEN
_OTHERS = {"he": _WOMEN, "she": _MEN}


def may_be(name: str, pronoun: str) -> bool:
    """Whether a pronoun may stand for somebody: *she* for no Gordon Brown.

    >>> may_be("Gordon Brown", "she"), may_be("Gordon Brown", "he"), may_be("Xi Jinping", "she")
    (False, True, True)
    """
    first, _, last = name.partition(" ")
    return not last or first not in _OTHERS.get(pronoun, ())
