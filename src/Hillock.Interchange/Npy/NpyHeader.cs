using System.Globalization;

namespace Hillock.Interchange.Npy;

/// <summary>What stands before the values: a Python dictionary of three entries.</summary>
/// <param name="Type">The type, such as <c>&lt;f4</c>.</param>
/// <param name="ColumnMajor">Whether the first axis is the dense one (Fortran's order).</param>
/// <param name="Shape">The length of every axis.</param>
internal sealed record NpyHeader(string Type, bool ColumnMajor, IReadOnlyList<int> Shape)
{
    /// <summary>NumPy's own limit.</summary>
    private const int MostAxes = 64;

    /// <summary>The number of values.</summary>
    public int Count => (int)Shape.Aggregate(1L, (product, n) => product * n);

    /// <summary>Reads a header.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public static NpyHeader Parse(string text)
    {
        Reader reader = new(text);
        string? type = null;
        bool? columnMajor = null;
        IReadOnlyList<int>? shape = null;
        reader.Expect('{');
        while (!reader.TryTake('}'))
        {
            string key = reader.Quoted("a key");
            reader.Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = reader.Peek() is '[' or '{' ? throw new FormatException("it holds records, and only float32 and float64 are supported") : reader.Quoted("the type");
                    break;
                case "fortran_order" when columnMajor is null:
                    columnMajor = reader.Boolean();
                    break;
                case "shape" when shape is null:
                    shape = Shaped(reader);
                    break;
                default:
                    throw new FormatException($"its header has the entry '{key}' where descr, fortran_order and shape are expected once each");
            }

            if (!reader.TryTake(','))
            {
                reader.Expect('}');
                break;
            }
        }

        reader.ExpectEnd();
        return type is null || columnMajor is null || shape is null
            ? throw new FormatException("its header lacks descr, fortran_order or shape")
            : new NpyHeader(type, columnMajor.Value, shape);
    }

    /// <summary>The header as text, without padding.</summary>
    public override string ToString() =>
        $"{{'descr': '{Type}', 'fortran_order': {(ColumnMajor ? "True" : "False")}, 'shape': {NpyArray.Text(Shape)}, }}";

    private static List<int> Shaped(Reader reader)
    {
        List<int> shape = [];
        reader.Expect('(');
        while (!reader.TryTake(')'))
        {
            if (shape.Count == MostAxes)
            {
                throw new FormatException($"it has more than {MostAxes} axes");
            }

            shape.Add(reader.Length());
            if (!reader.TryTake(','))
            {
                reader.Expect(')');
                break;
            }
        }

        // A product of lengths is judged without the zeros, as NumPy does: an empty array may not have absurd axes either.
        long product = 1;
        foreach (int length in shape.Where(n => n > 0))
        {
            product *= length;
            if (product > Array.MaxLength)
            {
                throw new FormatException($"its shape {NpyArray.Text(shape)} has more than {Array.MaxLength} values");
            }
        }

        return shape;
    }

    /// <summary>Reads the few Python literals that a header is made of.</summary>
    private sealed class Reader(string text)
    {
        private int _position;

        public char Peek()
        {
            while (_position < text.Length && text[_position] is ' ' or '\n' or '\t' or '\r')
            {
                _position++;
            }

            return _position < text.Length ? text[_position] : '\0';
        }

        public bool TryTake(char c)
        {
            if (Peek() != c || _position == text.Length)
            {
                return false;
            }

            _position++;
            return true;
        }

        public void Expect(char c)
        {
            if (!TryTake(c))
            {
                throw Wrong($"'{c}'");
            }
        }

        public void ExpectEnd()
        {
            if (Peek() != '\0' || _position < text.Length)
            {
                throw new FormatException($"its header goes on after its end, at character {_position + 1}");
            }
        }

        public string Quoted(string what)
        {
            char quote = Peek();
            int end = quote is '\'' or '"' ? text.IndexOf(quote, _position + 1) : -1;
            if (end < 0)
            {
                throw Wrong($"{what} in quotes");
            }

            string content = text[(_position + 1)..end];
            _position = end + 1;
            return content.All(c => c is > ' ' and < '\x7F') ? content : throw new FormatException($"{what} in its header is not text");
        }

        public bool Boolean()
        {
            Peek();
            foreach ((string word, bool value) in new[] { ("True", true), ("False", false) })
            {
                if (text.AsSpan(_position).StartsWith(word, StringComparison.Ordinal))
                {
                    _position += word.Length;
                    return value;
                }
            }

            throw Wrong("True or False");
        }

        public int Length()
        {
            Peek();
            int start = _position;
            while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            {
                _position++;
            }

            ReadOnlySpan<char> digits = text.AsSpan(start, _position - start);
            if (digits.IsEmpty)
            {
                throw Wrong("the length of an axis");
            }

            // Python 2 marked long integers.
            TryTake('L');
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                ? length
                : throw new FormatException($"it has an axis of more than {int.MaxValue} values");
        }

        private FormatException Wrong(string expected) => new($"its header lacks {expected} at character {_position + 1}");
    }
}
