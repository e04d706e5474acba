using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.Solver;

/// <summary>Reads a JSON document token by token from a stream through one buffer, so that a file of a gigabyte does not need a gigabyte of memory. Tracks
/// the place, so that every fault can name it.</summary>
internal ref struct JsonPull
{
    private const int LongestToken = 64 << 20;
    private readonly Stream _stream;
    private readonly CancellationToken _cancel;
    private byte[] _buffer;
    private int _filled;
    private long _total;
    private bool _isFinal;
    private Utf8JsonReader _reader;

    public JsonPull(Stream stream, CancellationToken cancel)
    {
        _stream = stream;
        _cancel = cancel;
        _buffer = new byte[1 << 17];
        Place = new JsonPlace();
        Fill(0);
        // The JSON reader refuses a byte order mark; the format allows one.
        var skip = _filled >= 3 && _buffer[0] == 0xEF && _buffer[1] == 0xBB && _buffer[2] == 0xBF ? 3 : 0;
        if (skip > 0)
        {
            Buffer.BlockCopy(_buffer, skip, _buffer, 0, _filled - skip);
            _filled -= skip;
        }
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _isFinal, new JsonReaderState(new JsonReaderOptions { MaxDepth = 12 }));
    }

    public JsonPlace Place { get; }

    /// <summary>Whether the stream has no bytes left to read.</summary>
    public readonly bool IsEmpty => _isFinal && _filled == 0;

    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Moves to the next token; false at the end of the document.</summary>
    public bool Read()
    {
        try
        {
            while (!_reader.Read())
            {
                if (_isFinal)
                    return false;
                Refill();
            }
            return true;
        }
        catch (JsonException broken)
        {
            throw Fault(JsonFaults.NotJson(broken));
        }
    }

    public readonly InstanceFaultException Fault(string fault) => new(Place.ToString(), fault);

    public void Expect(JsonTokenType token, string what)
    {
        if (Token != token)
            throw Fault($"{what} expected");
    }

    /// <summary>Moves to the next field of the object; −1 at its end. Unknown and repeated fields are faults.</summary>
    public int NextField(FieldSet fields, ref uint seen)
    {
        Read();
        if (Token == JsonTokenType.EndObject)
        {
            Place.Pop();
            return -1;
        }
        var index = FindField(fields);
        if (index < 0)
            throw Fault("unknown field");
        Place.Field(fields.Names[index]);
        if ((seen & (1u << index)) != 0)
            throw Fault("this field is given twice");
        seen |= 1u << index;
        Read();
        return index;
    }

    public void StartObject()
    {
        Expect(JsonTokenType.StartObject, "an object");
        Place.Push();
    }

    /// <summary>Enters an array; <see cref="NextElement"/> moves through it.</summary>
    public void StartArray()
    {
        Expect(JsonTokenType.StartArray, "an array");
        Place.Push();
    }

    /// <summary>Moves to the next element; false at the end of the array.</summary>
    public bool NextElement(int position, int limit)
    {
        Read();
        if (Token == JsonTokenType.EndArray)
        {
            Place.Pop();
            return false;
        }
        Place.Position(position);
        if (position >= limit)
            throw Fault($"more than {limit} entries");
        return true;
    }

    public readonly bool IsText(ReadOnlySpan<byte> text)
    {
        try
        {
            return Token == JsonTokenType.String && _reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            throw Fault("this is not UTF-8");
        }
    }

    public string Text()
    {
        Expect(JsonTokenType.String, "a string");
        if (_reader.ValueSpan.Length > SizeLimits.TextBytes)
            throw Fault($"longer than {SizeLimits.TextBytes} bytes");
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault("this is not UTF-8");
        }
    }

    public bool Flag() => Token is JsonTokenType.True or JsonTokenType.False ? Token == JsonTokenType.True : throw Fault("true or false expected");

    public double Number(double most = SizeLimits.Magnitude)
    {
        Expect(JsonTokenType.Number, "a number");
        if (!_reader.TryGetDouble(out var number) || !double.IsFinite(number))
            throw Fault("the number is not finite");
        return Math.Abs(number) <= most ? number : throw Fault(string.Create(CultureInfo.InvariantCulture, $"beyond {most:0e0}"));
    }

    /// <summary>A whole number of 64 bits.</summary>
    public long Long()
    {
        Expect(JsonTokenType.Number, "a whole number");
        return _reader.TryGetInt64(out var whole) ? whole : throw Fault("a whole number of 64 bits expected");
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>; 30.0 counts as whole.</summary>
    public int Whole(int least, int most)
    {
        Expect(JsonTokenType.Number, "a whole number");
        if (!_reader.TryGetInt64(out var whole))
        {
            var number = Number();
            if (number != Math.Floor(number))
                throw Fault("a whole number expected");
            whole = number > most ? (long)most + 1 : number < least ? (long)least - 1 : (long)number;
        }
        if (whole < least)
            throw Fault($"below {least}");
        if (whole > most)
            throw Fault($"above {most}");
        return (int)whole;
    }

    /// <summary>An instant in ISO 8601, with Z or an offset.</summary>
    public Instant ReadInstant()
    {
        Expect(JsonTokenType.String, "an instant such as \"2026-12-07T14:00:00Z\"");
        if (PlainInstant.TryParse(_reader.ValueSpan, out var instant))
            return instant;
        var text = Text();
        var parsed = OffsetDateTimePattern.ExtendedIso.Parse(text);
        if (!parsed.Success)
            throw Fault("not an instant such as \"2026-12-07T14:00:00Z\"");
        var exact = parsed.Value.ToInstant();
        // Time is counted in ticks, so finer instants could not be distinguished.
        return Instant.FromUnixTimeTicks(exact.ToUnixTimeTicks()) == exact ? exact : throw Fault("finer than a ten-millionth of a second");
    }

    /// <summary>The index of the field's name in the set; −1 for an unknown name, which becomes the place.</summary>
    private readonly int FindField(FieldSet fields)
    {
        try
        {
            var index = fields.Find(in _reader);
            if (index < 0)
                Place.Field(JsonFaults.OneLine(_reader.GetString() ?? ""));
            return index;
        }
        catch (InvalidOperationException)
        {
            Place.Field("?");
            throw Fault("the name of a field is not UTF-8");
        }
    }

    private void Refill()
    {
        _cancel.ThrowIfCancellationRequested();
        var consumed = (int)_reader.BytesConsumed;
        var left = _filled - consumed;
        var old = _buffer;
        if (left == _buffer.Length)
        {
            if (_buffer.Length >= LongestToken)
                throw Fault("a single token of more than 64 MB");
            _buffer = new byte[_buffer.Length * 2];
        }
        Buffer.BlockCopy(old, consumed, _buffer, 0, left);
        Fill(left);
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _isFinal, _reader.CurrentState);
    }

    private void Fill(int left)
    {
        _filled = left;
        while (_filled < _buffer.Length)
        {
            var read = _stream.Read(_buffer, _filled, _buffer.Length - _filled);
            if (read == 0)
            {
                _isFinal = true;
                return;
            }
            _filled += read;
            _total += read;
            if (_total > SizeLimits.FileBytes)
                throw Fault($"more than {SizeLimits.FileBytes} bytes");
        }
    }
}
